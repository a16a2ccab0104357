using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Events;

/// <summary>Which page of a list of events.</summary>
internal sealed record EventPaging(
    [FromQuery(Name = "order")] string? Order,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    /// <param name="errors">Gets what is wrong, by field.</param>
    public EventPage Read(Dictionary<string, string[]> errors)
    {
        if (Order is not (null or "asc" or "desc")) errors["order"] = ["asc or desc, which is the default: newest first."];

        return new(
            errors.ReadCursor(Cursor), errors.ReadLimit(Limit), Order is "asc" ? RecordingOrder.OldestFirst : RecordingOrder.NewestFirst);
    }
}
