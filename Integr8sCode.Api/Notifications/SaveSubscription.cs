using System.Globalization;
using Integr8sCode.Events;

namespace Integr8sCode.Notifications;

/// <summary>What the caller wants to hear of through the channel. Absent and empty lists do not restrict.</summary>
public sealed record SaveSubscription
{
    /// <summary>False keeps the subscription but sends nothing. Default true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>low, medium, high, urgent.</summary>
    public IReadOnlyList<NotificationSeverity>? Severities { get; init; }

    /// <summary>Only notifications with one of these tags: at most 20.</summary>
    public IReadOnlyList<string?>? IncludeTags { get; init; }

    /// <summary>No notification with one of these tags: at most 20.</summary>
    public IReadOnlyList<string?>? ExcludeTags { get; init; }

    /// <summary>execution.completed, execution.failed, execution.timeout, execution.cancelled.</summary>
    public IReadOnlyList<string?>? Events { get; init; }

    /// <summary>When nothing is sent; it is sent afterwards. Urgent notifications are sent all the same.</summary>
    public QuietHoursView? QuietHours { get; init; }

    /// <summary>At most so many in any such time; those beyond are skipped, but for urgent ones.</summary>
    public ThrottleView? Throttle { get; init; }

    /// <summary>Where to send; required the first time, kept where absent later.</summary>
    public string? Url { get; init; }

    /// <summary>Makes a new secret of a webhook; it is in the answer, and the old one counts no more. Default false.</summary>
    public bool? RotateSecret { get; init; }

    internal Dictionary<string, string[]> Validate(NotificationChannel channel, NotificationSubscription? earlier, DestinationOptions destinations)
    {
        var errors = new Dictionary<string, string[]>();
        var isInApp = channel is NotificationChannel.InApp;

        Check("severities", Severities is not { Count: > MaxSeverities }, $"At most {MaxSeverities} severities.");
        Check("include_tags", AreTags(IncludeTags), NotificationTags.Expected);
        Check("exclude_tags", AreTags(ExcludeTags), NotificationTags.Expected);
        Check("events", Events is null || (Events.Count <= Terminal.Length && Events.All(type => Terminal.Contains(type))), $"{string.Join(", ", Terminal)}.");
        Check("url", !isInApp || Url is null, "This channel has no address.");
        Check("url", isInApp || (Url ?? earlier?.Url) is not null, "An address is required.");
        if (!isInApp && Url is not null && Destination.FindError(Url, channel, destinations) is { } expected)
        {
            Check("url", false, expected);
        }

        Check("quiet_hours", !isInApp || QuietHours is null, "This channel makes no noise.");
        Check("throttle", !isInApp || Throttle is null, "This channel makes no noise.");
        Check("rotate_secret", channel is NotificationChannel.Webhook || RotateSecret is not true, "Only webhooks have a secret.");
        foreach (var (field, message) in QuietHours?.FindErrors() ?? [])
        {
            Check($"quiet_hours.{field}", false, message);
        }

        Check("throttle.max", Throttle is null or { Max: >= 1 and <= 10_000 }, "From 1 to 10000.");
        Check("throttle.window_minutes", Throttle is null or { WindowMinutes: >= 1 and <= 1440 }, "From 1 to 1440.");

        return errors;

        void Check(string field, bool holds, string message)
        {
            if (!holds)
            {
                errors.TryAdd(field, [message]);
            }
        }
    }

    internal NotificationSubscription ToSubscription(
        string userId, NotificationChannel channel, NotificationSubscription? earlier, DateTimeOffset now) => new()
        {
            UserId = userId,
            Channel = channel,
            Enabled = Enabled ?? true,
            Severities = [.. Severities ?? []],
            IncludeTags = [.. IncludeTags?.OfType<string>() ?? []],
            ExcludeTags = [.. ExcludeTags?.OfType<string>() ?? []],
            Events = [.. Events?.OfType<string>() ?? []],
            QuietHours = QuietHours?.ToQuietHours(),
            Throttle = Throttle is { } throttle ? new(throttle.Max, throttle.WindowMinutes) : null,
            Url = Url ?? earlier?.Url,
            Secret = channel is not NotificationChannel.Webhook ? null
                : RotateSecret is true ? WebhookSignature.NewSecret()
                : earlier?.Secret ?? WebhookSignature.NewSecret(),
            CreatedAt = earlier?.CreatedAt ?? now,
            UpdatedAt = now,
            Version = (earlier?.Version ?? 0) + 1,
        };

    private const int MaxSeverities = 4;

    private static readonly string[] Terminal = [.. EventTypes.All.Where(EventTypes.IsTerminal).Order(StringComparer.Ordinal)];

    private static bool AreTags(IReadOnlyList<string?>? tags) =>
        tags is null || (tags.Count <= NotificationTags.MaxCount && tags.All(NotificationTags.IsTag));
}

/// <param name="Start">Local time, <c>22:00</c>.</param>
/// <param name="End">Local time, <c>07:00</c>; before the start where the night is meant.</param>
/// <param name="TimeZone">IANA name, for example <c>Europe/Vienna</c>; <c>UTC</c> where absent.</param>
public sealed record QuietHoursView(string? Start, string? End, string? TimeZone = null)
{
    private const string Format = "HH:mm";

    internal static QuietHoursView Of(QuietHours hours) => new(
        hours.Start.ToString(Format, CultureInfo.InvariantCulture), hours.End.ToString(Format, CultureInfo.InvariantCulture), hours.TimeZone);

    internal QuietHours ToQuietHours() => new(Parse(Start)!.Value, Parse(End)!.Value, TimeZone ?? "UTC");

    internal IEnumerable<(string Field, string Message)> FindErrors()
    {
        const string Expected = "A time of the day, HH:mm.";
        var (start, end) = (Parse(Start), Parse(End));
        if (start is null)
        {
            yield return ("start", Expected);
        }

        if (end is null)
        {
            yield return ("end", Expected);
        }
        else if (start == end)
        {
            yield return ("end", "Another time than the start.");
        }

        if (TimeZone is not null && !QuietHours.IsTimeZone(TimeZone))
        {
            yield return ("time_zone", "The IANA name of a time zone, for example Europe/Vienna.");
        }
    }

    private static TimeOnly? Parse(string? text) =>
        TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <param name="Max">Notifications, 1 to 10000.</param>
/// <param name="WindowMinutes">Minutes, 1 to 1440.</param>
public sealed record ThrottleView(int Max, int WindowMinutes);
