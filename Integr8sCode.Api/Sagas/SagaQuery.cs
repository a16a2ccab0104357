using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Sagas;

/// <summary>The list's query string, as text so that each wrong value is answered with its name.</summary>
internal sealed record SagaQuery(
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;

    public Dictionary<string, string[]> Validate(out SagaFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        var status = default(SagaStatus);
        var cursor = Guid.Empty;
        var limit = DefaultLimit;
        if (Status is not null && !(Enum.TryParse(Status, ignoreCase: true, out status) && !char.IsAsciiDigit(Status[0]) && Enum.IsDefined(status)))
        {
            errors["status"] = ["running, compensating, completed, failed, timeout or cancelled."];
        }

        if (Cursor is not null && !Guid.TryParseExact(Cursor, "D", out cursor))
        {
            errors["cursor"] = ["The next_cursor of an earlier page."];
        }

        if (Limit is not null
            && !(int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
        {
            errors["limit"] = [$"A number from 1 to {MaxLimit}."];
        }

        filter = new(Status: Status is null ? null : status, Before: Cursor is null ? null : cursor, Limit: limit);
        return errors;
    }
}
