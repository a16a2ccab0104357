using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Executions;

/// <summary>The list's query string, as text so that each wrong value is answered with its name.</summary>
internal sealed record ExecutionQuery(
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "language")] string? Language,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    public Dictionary<string, string[]> Validate(out ExecutionFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        filter = new(
            Status: errors.Read(
                Status, "status", "queued, scheduled, running, completed, failed, timeout or cancelled.", QueryText.ParseName<ExecutionStatus>),
            Language: Language,
            From: errors.ReadTime(From, "from"),
            To: errors.ReadTime(To, "to"),
            Before: errors.ReadCursor(Cursor),
            Limit: errors.ReadLimit(Limit));

        return errors;
    }
}
