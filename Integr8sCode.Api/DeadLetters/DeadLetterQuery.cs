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
    public Dictionary<string, string[]> Validate(out DeadLetterFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        filter = new(
            Status: errors.Read(
                Status, "status", "pending, scheduled, retrying, resolved, dead, archived or discarded.", QueryText.ParseName<DeadLetterStatus>),
            Topic: Topic,
            EventType: EventType,
            ConsumerGroup: ConsumerGroup,
            Fingerprint: Fingerprint,
            From: errors.ReadTime(From, "from"),
            To: errors.ReadTime(To, "to"),
            Before: errors.ReadCursor(Cursor),
            Limit: errors.ReadLimit(Limit));

        return errors;
    }
}
