using System.Text.Json.Nodes;

namespace Integr8sCode.Infrastructure;

/// <summary>One server-sent event.</summary>
internal sealed record StreamedItem(string Event, string? Id, JsonNode Data)
{
    /// <summary>Of an output item.</summary>
    public string Text => Data["text"]!.GetValue<string>();

    /// <summary>The event's type, for items that carry one; else what kind of item it is.</summary>
    public string Kind => Event == "event" ? Data["type"]!.GetValue<string>() : Event;

    public override string ToString() => $"{Id} {Kind} {Data.ToJsonString()}";
}
