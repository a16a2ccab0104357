namespace Integr8sCode.Events;

public sealed class PartitionOffsetsTests
{
    private readonly PartitionOffsets _offsets = new();

    [Fact]
    public void Before_the_first_message_there_is_nothing_to_commit() => Assert.Equal(-1, _offsets.Watermark);

    [Fact]
    public void The_watermark_stays_at_the_oldest_unfinished_message()
    {
        Start(10, 11, 12);

        _offsets.Finish(11, done: true);
        _offsets.Finish(12, done: true);
        Assert.Equal(10, _offsets.Watermark);

        _offsets.Finish(10, done: true);
        Assert.Equal(13, _offsets.Watermark);
    }

    [Fact]
    public void A_message_that_was_given_up_is_never_passed()
    {
        Start(10, 11);

        _offsets.Finish(10, done: false);
        _offsets.Finish(11, done: true);

        Assert.Equal(10, _offsets.Watermark);
    }

    [Fact]
    public void Gaps_between_offsets_do_not_matter()
    {
        Start(3, 70);

        _offsets.Finish(3, done: true);
        Assert.Equal(70, _offsets.Watermark);
    }

    [Fact]
    public void A_revoked_partition_starts_nothing_more()
    {
        Start(1);
        _offsets.Add(2);
        _offsets.Revoke();

        Assert.False(_offsets.TryStart());
        Assert.False(_offsets.IsIdle);
        _offsets.Finish(1, done: true);
        Assert.True(_offsets.IsIdle);
    }

    private void Start(params long[] offsets)
    {
        foreach (var offset in offsets)
        {
            _offsets.Add(offset);
            Assert.True(_offsets.TryStart());
        }
    }
}
