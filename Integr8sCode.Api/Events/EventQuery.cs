using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Events;

/// <summary>Which events, as text so that each wrong value is answered with its name.</summary>
internal sealed record EventQuery(
    [FromQuery(Name = "types")] string? Types,
    [FromQuery(Name = "execution_id")] string? ExecutionId,
    [FromQuery(Name = "correlation_id")] string? CorrelationId,
    [FromQuery(Name = "service")] string? Service,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To)
{
    private const int MaxText = 128;
    private const string ExpectedText = "1 to 128 characters.";
    private const string ExpectedTime = "An RFC 3339 time, for example 2026-01-31T12:00:00Z.";

    /// <returns>What is wrong, by field; empty when all is well.</returns>
    public Dictionary<string, string[]> Validate(out EventFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        var types = Types?.Split(',');
        if (types?.All(EventTypes.All.Contains) is false) errors["types"] = [$"One or more of {string.Join(", ", EventTypes.All)}, separated by commas."];
        filter = new()
        {
            Types = types,
            ExecutionId = Read(ExecutionId, "execution_id", "A UUID.", text => Guid.TryParseExact(text, "D", out var id) ? id : (Guid?)null),
            CorrelationId = ReadText(CorrelationId, "correlation_id"),
            Service = ReadText(Service, "service"),
            From = Read(From, "from", ExpectedTime, ParseTime),
            To = Read(To, "to", ExpectedTime, ParseTime),
        };

        return errors;

        T? Read<T>(string? text, string name, string expected, Func<string, T?> parse)
            where T : struct
        {
            var value = text is null ? null : parse(text);
            if (text is not null && value is null) errors[name] = [expected];
            return value;
        }

        string? ReadText(string? text, string name)
        {
            if (text is { Length: 0 or > MaxText }) errors[name] = [ExpectedText];
            return text;
        }
    }

    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
