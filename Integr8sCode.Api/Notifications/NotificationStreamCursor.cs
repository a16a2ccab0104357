namespace Integr8sCode.Notifications;

/// <summary>
/// What a reader of the stream has had: all up to a place, and some after it, because what was kept a moment earlier may come to light a
/// moment later. The id of each server-sent event, so that it alone says where to go on, on any replica.
/// </summary>
internal sealed record NotificationStreamCursor(NotificationCursor Place, IReadOnlyList<NotificationCursor> Had)
{
    private const int MaxHad = 8;
    private const int MaxLength = 600;
    private const char Separator = '.';

    public static NotificationStreamCursor At(DateTimeOffset time) => new(new(time, Guid.Empty), []);

    public bool Has(NotificationCursor one) => Compare(one, Place) <= 0 || Had.Contains(one);

    /// <param name="settled">Nothing older than this comes to light any more.</param>
    public NotificationStreamCursor With(NotificationCursor one, DateTimeOffset settled)
    {
        List<NotificationCursor> had = [.. Had, one];
        had.Sort(Compare);
        var passed = Math.Max(had.Count(each => each.CreatedAt < settled), had.Count - MaxHad);

        return new(passed > 0 ? had[passed - 1] : Place, had[passed..]);
    }

    /// <returns>False for a header that is no id of ours; true with nothing where there is none.</returns>
    public static bool TryRead(HttpRequest request, string header, out NotificationStreamCursor? cursor)
    {
        var values = request.Headers[header];
        cursor = values.Count == 1 ? Parse(values[0]!) : null;

        return values.Count == 0 || cursor is not null;
    }

    public bool Equals(NotificationStreamCursor? other) => other is not null && Place == other.Place && Had.SequenceEqual(other.Had);

    public override int GetHashCode() => HashCode.Combine(Place, Had.Count);

    public override string ToString() => string.Join(Separator, [Place, .. Had]);

    private static NotificationStreamCursor? Parse(string text)
    {
        var parts = text.Length <= MaxLength ? text.Split(Separator).Select(NotificationCursor.Parse).ToList() : [null];

        return parts.Contains(null) ? null : new(parts[0]!.Value, [.. parts.Skip(1).Select(part => part!.Value)]);
    }

    private static int Compare(NotificationCursor one, NotificationCursor other) =>
        (one.CreatedAt, one.Id).CompareTo((other.CreatedAt, other.Id));
}
