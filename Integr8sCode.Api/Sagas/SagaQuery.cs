using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Sagas;

/// <summary>The list's query string, as text so that each wrong value is answered with its name.</summary>
internal sealed record SagaQuery(
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    public Dictionary<string, string[]> Validate(out SagaFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        filter = new(
            Status: errors.Read(
                Status, "status", "running, compensating, completed, failed, timeout or cancelled.", QueryText.ParseName<SagaStatus>),
            Before: errors.ReadCursor(Cursor),
            Limit: errors.ReadLimit(Limit));

        return errors;
    }
}
