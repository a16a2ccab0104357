using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Integr8sCode.Client;

/// <summary>Something that happened to an execution. Newer installations may tell more kinds of things; those are left out.</summary>
public abstract record ExecutionUpdate
{
    private ExecutionUpdate()
    {
    }

    /// <summary>How the execution stood when the stream was opened; always first.</summary>
    public sealed record State(Execution Execution) : ExecutionUpdate;

    /// <summary>A fact that was recorded, for example <c>execution.started</c>.</summary>
    /// <param name="Type">What happened.</param>
    /// <param name="Sequence">Its place among the execution's events, from 1 without gaps.</param>
    /// <param name="Time">When.</param>
    /// <param name="Data">As the type has it.</param>
    public sealed record Event(string Type, long Sequence, DateTimeOffset Time, JsonElement Data) : ExecutionUpdate;

    /// <summary>A piece of what the script wrote.</summary>
    /// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="Attempt">A later attempt's output replaces that of an earlier one.</param>
    /// <param name="Offset">How many bytes of the stream came before.</param>
    /// <param name="Bytes">Exactly what it wrote; never cut inside a UTF-8 character.</param>
    public sealed record Output(string Stream, int Attempt, long Offset, ReadOnlyMemory<byte> Bytes) : ExecutionUpdate
    {
        /// <summary>The bytes, read as UTF-8.</summary>
        public string Text => Encoding.UTF8.GetString(Bytes.Span);
    }

    /// <summary>The ended execution, without its output; always last.</summary>
    public sealed record Result(Execution Execution) : ExecutionUpdate;

    internal static ExecutionUpdate? Of(SseItem<string> item) => item.EventType switch
    {
        "state" => new State(JsonSerializer.Deserialize(item.Data, ClientJson.Default.Execution)!),
        "event" => JsonSerializer.Deserialize(item.Data, ClientJson.Default.Event),
        "output" => JsonSerializer.Deserialize(item.Data, ClientJson.Default.OutputPiece)!.ToUpdate(),
        "result" => new Result(JsonSerializer.Deserialize(item.Data, ClientJson.Default.Execution)!),
        _ => null,
    };
}
