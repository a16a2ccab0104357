using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Replays;

/// <summary>The list's query string, as text so that each wrong value is answered with its name.</summary>
internal sealed record ReplayQuery(
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    public Dictionary<string, string[]> Validate(out ReplayStatus? status, out Guid? before, out int limit)
    {
        var errors = new Dictionary<string, string[]>();
        status = errors.Read(Status, "status", "created, running, paused, completed, failed or cancelled.", QueryText.ParseName<ReplayStatus>);
        before = errors.ReadCursor(Cursor);
        limit = errors.ReadLimit(Limit);

        return errors;
    }
}
