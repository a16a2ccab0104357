using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>The event to send in place of a dead letter.</summary>
/// <param name="Value">The whole event as JSON; its <c>event_id</c> is replaced by a new one.</param>
/// <param name="Reason">Why; up to 500 characters.</param>
public sealed record EditDeadLetter(JsonObject? Value, string? Reason)
{
    private const int LongestReason = 500;
    private const int MostBytes = 1_000_000;

    internal Dictionary<string, string[]> Validate(out DeadLetterEdit? edit)
    {
        var errors = new Dictionary<string, string[]>();
        edit = null;
        if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > LongestReason)
        {
            errors["reason"] = [$"A reason of at most {LongestReason} characters is required."];
        }

        if (Value is null)
        {
            errors["value"] = ["The event is required, as a JSON object."];
        }
        else if (Read(Value) is not { } message)
        {
            errors["value"] = ["Not an event: see what GET /api/v1/executions/{id}/events answers."];
        }
        else if (!EventTypes.All.Contains(message.Type))
        {
            errors["value.type"] = ["Unknown event type."];
        }
        else if (message.ExecutionId == Guid.Empty)
        {
            errors["value.execution_id"] = ["An event is about an execution."];
        }
        else
        {
            edit = Spell(message, errors);
        }

        return errors;
    }

    private static Event? Read(JsonObject value)
    {
        try
        {
            value["event_id"] = Guid.CreateVersion7().ToString();
            return value.Deserialize(CoreJson.Default.Event);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private DeadLetterEdit? Spell(Event message, Dictionary<string, string[]> errors)
    {
        var bytes = Encoding.UTF8.GetBytes(Value!.ToJsonString());
        if (bytes.Length > MostBytes)
        {
            errors["value"] = [$"At most {MostBytes} bytes."];
        }

        return new(Encoding.UTF8.GetBytes(Topics.KeyOf(message)), bytes, message.EventId, message.Type);
    }
}
