using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.DeadLetters;

/// <summary>The list's query string, as text so that each wrong value is answered with its name.</summary>
internal sealed record DeadLetterQuery(
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "topic")] string? Topic,
    [FromQuery(Name = "event_type")] string? EventType,
    [FromQuery(Name = "consumer_group")] string? ConsumerGroup,
    [FromQuery(Name = "fingerprint")] string? Fingerprint,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;

    private const string ExpectedTime = "An RFC 3339 time, for example 2026-01-31T12:00:00Z.";

    public Dictionary<string, string[]> Validate(out DeadLetterFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        filter = new(
            Status: Read(Status, "status", "pending, scheduled, retrying, resolved, dead, archived or discarded.", ParseStatus),
            Topic: Topic,
            EventType: EventType,
            ConsumerGroup: ConsumerGroup,
            Fingerprint: Fingerprint,
            From: Read(From, "from", ExpectedTime, ParseTime),
            To: Read(To, "to", ExpectedTime, ParseTime),
            Before: Read(Cursor, "cursor", "The next_cursor of an earlier page.", ParseId),
            Limit: Read(Limit, "limit", $"A number from 1 to {MaxLimit}.", ParseLimit) ?? DefaultLimit);

        return errors;

        T? Read<T>(string? text, string name, string expected, Func<string, T?> parse)
            where T : struct
        {
            var value = text is null ? null : parse(text);
            if (text is not null && value is null)
            {
                errors[name] = [expected];
            }

            return value;
        }
    }

    private static DeadLetterStatus? ParseStatus(string text) =>
        Enum.TryParse<DeadLetterStatus>(text, ignoreCase: true, out var status) && char.IsAsciiLetter(text[0]) && Enum.IsDefined(status)
            ? status
            : null;

    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static Guid? ParseId(string text) => Guid.TryParseExact(text, "D", out var id) ? id : null;

    private static int? ParseLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit ? limit : null;
}
