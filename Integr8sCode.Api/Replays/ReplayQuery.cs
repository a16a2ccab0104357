using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Replays;

/// <summary>The list's query string, as text so that each wrong value is answered with its name.</summary>
internal sealed record ReplayQuery(
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;

    public Dictionary<string, string[]> Validate(out ReplayStatus? status, out Guid? before, out int limit)
    {
        var errors = new Dictionary<string, string[]>();
        status = ParseStatus(Status);
        before = Guid.TryParseExact(Cursor, "D", out var id) ? id : null;
        limit = int.TryParse(Limit ?? $"{DefaultLimit}", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

        if (Status is not null && status is null) errors["status"] = ["created, running, paused, completed, failed or cancelled."];
        if (Cursor is not null && before is null) errors["cursor"] = ["The next_cursor of an earlier page."];
        if (limit is < 1 or > MaxLimit) errors["limit"] = [$"A number from 1 to {MaxLimit}."];

        return errors;
    }

    private static ReplayStatus? ParseStatus(string? text) =>
        text is [var first, ..] && !char.IsAsciiDigit(first) && Enum.TryParse<ReplayStatus>(text, ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? status
            : null;
}
