using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Traces;

/// <summary>The summary's query string, as text so that each wrong value is answered with its name.</summary>
internal sealed record SummaryQuery(
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "limit")] string? Limit)
{
    private const string ExpectedTime = "An RFC 3339 time from 1970 on, for example 2026-01-31T12:00:00Z.";
    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(1);

    public Dictionary<string, string[]> Validate(DateTimeOffset now, out SummaryFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        var to = Read(To, "to", now);
        var from = Read(From, "from", to.Subtract(DefaultRange));
        var limit = errors.ReadLimit(Limit);

        if (errors.Count == 0 && from >= to)
        {
            errors["from"] = ["A time before that of to."];
        }

        filter = new(from, to, limit);
        return errors;

        DateTimeOffset Read(string? text, string name, DateTimeOffset fallback)
        {
            if (text is null)
            {
                return fallback;
            }

            if (QueryText.ParseTime(text) is { } time && time >= DateTimeOffset.UnixEpoch.Add(DefaultRange))
            {
                return time;
            }

            errors[name] = [ExpectedTime];
            return fallback;
        }
    }
}

/// <param name="Limit">Traces to read for each route, the latest first.</param>
internal sealed record SummaryFilter(DateTimeOffset From, DateTimeOffset To, int Limit);
