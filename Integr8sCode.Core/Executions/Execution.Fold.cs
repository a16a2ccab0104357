using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <content>The other direction: where an execution stands is what its events tell. The moves and this must agree.</content>
public sealed partial record Execution
{
    /// <param name="stream">The execution's events, in sequence order from the first on.</param>
    /// <returns>
    /// The execution after them; without the idempotency key and what it retries, which stand beside the events. A lease is as long as the
    /// claim made it: its renewals are no events.
    /// </returns>
    /// <exception cref="InvalidOperationException">The first event is not <c>execution.requested</c>, or one is missing.</exception>
    public static Execution Fold(IReadOnlyList<Event> stream)
    {
        var execution = First(stream[0]);
        foreach (var next in stream.Skip(1))
        {
            execution = execution with { State = execution.State.After(next) };
        }

        return execution;
    }

    private static Execution First(Event requested)
    {
        if (requested is not { Type: EventTypes.ExecutionRequested, Sequence: 1 })
        {
            throw new InvalidOperationException($"The stream of execution {requested.ExecutionId} begins with {requested.Type} {requested.Sequence}.");
        }

        var request = requested.Read(CoreJson.Default.ExecutionRequest);
        return new()
        {
            Id = requested.ExecutionId,
            UserId = requested.UserId,
            CorrelationId = requested.CorrelationId,
            TraceId = requested.TraceContext is { } context && context != default ? context.TraceId.ToHexString() : null,
            Request = request,
            State = new()
            {
                Status = ExecutionStatus.Queued,
                Sequence = 1,
                RequestedAt = requested.Time,
                Place = PlaceInLine.Of(requested.Time, request.Priority),
            },
        };
    }
}
