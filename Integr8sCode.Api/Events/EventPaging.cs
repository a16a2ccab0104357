using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Events;

/// <summary>Which page of a list of events.</summary>
internal sealed record EventPaging(
    [FromQuery(Name = "order")] string? Order,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;
    public const string ExpectedCursor = "The next_cursor of an earlier page.";

    /// <param name="errors">Gets what is wrong, by field.</param>
    public EventPage Read(Dictionary<string, string[]> errors)
    {
        Guid? after = Guid.TryParseExact(Cursor, "D", out var id) ? id : null;
        var limit = int.TryParse(Limit ?? $"{DefaultLimit}", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (Order is not (null or "asc" or "desc")) errors["order"] = ["asc or desc, which is the default: newest first."];
        if (Cursor is not null && after is null) errors["cursor"] = [ExpectedCursor];
        if (limit is < 1 or > MaxLimit) errors["limit"] = [$"A number from 1 to {MaxLimit}."];

        return new(after, limit, Order is "asc" ? RecordingOrder.OldestFirst : RecordingOrder.NewestFirst);
    }
}
