using System.Globalization;

namespace Integr8sCode.Notifications;

public sealed class QuietHoursTests
{
    private static readonly QuietHours Night = new(new(22, 0), new(7, 0), "Europe/Vienna");

    [Theory]
    [InlineData("2026-01-10T20:59:59Z", null)] // 21:59:59 in Vienna
    [InlineData("2026-01-10T21:00:00Z", "2026-01-11T06:00:00Z")]
    [InlineData("2026-01-11T05:59:59Z", "2026-01-11T06:00:00Z")]
    [InlineData("2026-01-11T06:00:00Z", null)]
    [InlineData("2026-07-10T20:00:00Z", "2026-07-11T05:00:00Z")] // summer time
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z")] // the night that loses an hour
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z")] // the night that gains one
    public void A_night_lasts_until_its_end_by_the_local_clock(string now, string? end) => Assert.Equal(Time(end), Night.EndOf(Time(now)!.Value));

    [Theory]
    [InlineData("2026-01-10T11:59:00Z", null)]
    [InlineData("2026-01-10T12:00:00Z", "2026-01-10T14:30:00Z")]
    [InlineData("2026-01-10T14:30:00Z", null)]
    public void A_break_within_the_day_ends_the_same_day(string now, string? end) =>
        Assert.Equal(Time(end), new QuietHours(new(12, 0), new(14, 30), "UTC").EndOf(Time(now)!.Value));

    [Theory]
    [InlineData("2026-03-29T00:30:00Z", "02:30", "2026-03-29T01:30:00Z")] // 02:30 does not exist that day
    [InlineData("2026-10-25T00:10:00Z", "02:30", "2026-10-25T01:30:00Z")] // 02:30 comes twice, and the second one counts
    public void An_end_that_the_clock_skips_or_repeats_is_still_in_the_future(string now, string end, string expected)
    {
        var hours = new QuietHours(new(1, 0), TimeOnly.Parse(end, CultureInfo.InvariantCulture), "Europe/Vienna");

        Assert.Equal(Time(expected), hours.EndOf(Time(now)!.Value));
    }

    [Theory]
    [InlineData("Europe/Vienna", true)]
    [InlineData("UTC", true)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("", false)]
    [InlineData("../../etc/passwd", false)]
    public void Time_zones_are_those_of_the_system(string name, bool known) => Assert.Equal(known, QuietHours.IsTimeZone(name));

    private static DateTimeOffset? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
