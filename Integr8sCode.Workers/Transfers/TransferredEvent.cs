using Integr8sCode.Events;

namespace Integr8sCode.Transfers;

/// <summary>An event with what stands beside it: its trace context, and whether the broker has it.</summary>
internal sealed record TransferredEvent(Event Event, string? TraceParent, string? TraceState, bool IsPublished)
{
    public static TransferredEvent Of(Event recorded, bool isPublished) =>
        new(recorded, recorded.TraceParent, recorded.TraceState, isPublished);

    public Event ToEvent() => Event with { TraceParent = TraceParent, TraceState = TraceState };
}
