namespace Integr8sCode.Notifications;

/// <summary>A time of each day at which nothing is sent; it may span midnight.</summary>
/// <param name="Start">Local time at which it becomes quiet.</param>
/// <param name="End">Local time at which it no longer is.</param>
/// <param name="TimeZone">IANA name, for example <c>Europe/Vienna</c>.</param>
public sealed record QuietHours(TimeOnly Start, TimeOnly End, string TimeZone)
{
    public static bool IsTimeZone(string name) => name is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    /// <returns>When the quiet time around <paramref name="now"/> ends; <see langword="null"/> where it is not quiet.</returns>
    public DateTimeOffset? EndOf(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (!TimeOnly.FromDateTime(local).IsBetween(Start, End))
        {
            return null;
        }

        var end = local.Date + End.ToTimeSpan();
        return Instant(end <= local ? end.AddDays(1) : end, now, zone);
    }

    private static DateTimeOffset Instant(DateTime local, DateTimeOffset now, TimeZoneInfo zone)
    {
        // The clock skips this time today: it is over as soon as the clock goes on.
        var skipped = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3)) : zone.GetUtcOffset(local);
        var end = new DateTimeOffset(local, skipped).ToUniversalTime();

        // The clock shows the time twice and the first is over.
        return end > now ? end : end + (zone.GetUtcOffset(now) - zone.GetUtcOffset(now.AddHours(3)));
    }
}
