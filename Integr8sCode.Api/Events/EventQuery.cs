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

    /// <returns>What is wrong, by field; empty when all is well.</returns>
    public Dictionary<string, string[]> Validate(out EventFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        var types = Types?.Split(',');
        if (types?.All(EventTypes.All.Contains) is false) errors["types"] = [$"One or more of {string.Join(", ", EventTypes.All)}, separated by commas."];
        filter = new()
        {
            Types = types,
            ExecutionId = errors.Read(ExecutionId, "execution_id", "A UUID.", QueryText.ParseId),
            CorrelationId = ReadText(CorrelationId, "correlation_id"),
            Service = ReadText(Service, "service"),
            From = errors.ReadTime(From, "from"),
            To = errors.ReadTime(To, "to"),
        };

        return errors;

        string? ReadText(string? text, string name)
        {
            if (text is { Length: 0 or > MaxText }) errors[name] = [ExpectedText];
            return text;
        }
    }
}
