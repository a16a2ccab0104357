namespace Integr8sCode.Notifications;

public sealed class NotificationNewsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly NotificationNews _news = new(Samples.Of(Noon, NotificationChannel.InApp));

    [Fact]
    public void Readers_who_have_had_the_same_get_the_same_item_made_once()
    {
        var (one, after) = _news.After(NotificationStreamCursor.At(Noon.AddSeconds(-5)), Noon.AddSeconds(-5));
        var (other, otherAfter) = _news.After(NotificationStreamCursor.At(Noon.AddSeconds(-5)), Noon.AddSeconds(-4));

        Assert.Same(one.Frame, other.Frame);
        Assert.Same(after, otherAfter);
    }

    [Fact]
    public void A_reader_who_has_had_something_else_gets_an_id_of_their_own()
    {
        var (one, _) = _news.After(NotificationStreamCursor.At(Noon.AddSeconds(-5)), Noon.AddSeconds(-5));
        var (other, after) = _news.After(NotificationStreamCursor.At(Noon.AddSeconds(-3)), Noon.AddSeconds(-5));

        Assert.NotEqual(one.Frame, other.Frame);
        Assert.True(after.Has(NotificationCursor.Of(_news.Notification)));
    }
}
