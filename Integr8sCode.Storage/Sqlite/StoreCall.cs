using System.Diagnostics;
using Integr8sCode.Events;

namespace Integr8sCode.Sqlite;

/// <summary>What a call to the store does, as its span tells it.</summary>
/// <param name="Operation">The leading SQL verb.</param>
/// <param name="Collection">The table that the call is about.</param>
internal readonly record struct StoreCall(string Operation, string Collection)
{
    private readonly string _name = $"{Operation} {Collection}";

    /// <summary>The event that the call stores.</summary>
    public Event? Event { get; init; }

    public int BatchSize { get; init; }

    /// <summary>A call outside any span is a background loop's question, which must not begin a trace of its own again and again.</summary>
    public Activity? StartSpan()
    {
        var span = Activity.Current is null ? null : Telemetry.Source.StartActivity(_name, ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span);
        }

        return span;
    }

    private void Describe(Activity span)
    {
        span.SetTag(SpanAttributes.DatabaseSystem, "sqlite")
            .SetTag(SpanAttributes.DatabaseOperation, Operation)
            .SetTag(SpanAttributes.DatabaseCollection, Collection);
        if (BatchSize >= 2)
        {
            span.SetTag(SpanAttributes.DatabaseBatchSize, BatchSize);
        }

        if (Event is not null)
        {
            span.SetTag(SpanAttributes.EventId, Event.EventId.ToString())
                .SetTag(SpanAttributes.EventType, Event.Type)
                .SetTag(SpanAttributes.ExecutionId, Event.ExecutionId.ToString());
        }
    }
}
