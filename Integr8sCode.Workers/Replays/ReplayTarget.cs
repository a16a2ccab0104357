using System.Diagnostics;
using System.Text.Json;
using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Replays;

/// <summary>Where a session's events go: on Kafka, nowhere (dry run), or where it says so into a new execution of the same script.</summary>
internal sealed class ReplayTarget(ReplayPublisher publisher, ExecutionJournal journal)
{
    /// <param name="span">Context of the session's span.</param>
    /// <param name="known">Messages that are on Kafka already.</param>
    public Task<ReplayOutcome> SendAsync(
        Event recorded, ReplaySession session, ActivityContext span, IReadOnlySet<(Guid EventId, string Topic)> known) => session.Plan switch
        {
            { DryRun: true } => Task.FromResult(new ReplayOutcome(IsReexecuted: false, [])),
            { Reexecute: true } when recorded.Type == EventTypes.ExecutionRequested => ReexecuteAsync(recorded, session.Id, span),
            _ => PublishAsync(recorded, session, span, known),
        };

    // Everything is handed to the producer before the first wait, so that events keep their order.
    private async Task<ReplayOutcome> PublishAsync(
        Event recorded, ReplaySession session, ActivityContext span, IReadOnlySet<(Guid EventId, string Topic)> known)
    {
        var messages = (session.Plan.Topics ?? [Topics.Of(recorded.Type)])
            .Where(topic => !known.Contains((recorded.EventId, topic)))
            .Select(topic => publisher.PublishAsync(recorded, topic, session.Id, span))
            .ToList();
        return new(IsReexecuted: false, await Task.WhenAll(messages));
    }

    /// <summary>Ids are derived from session and event: a repetition after a crash finds the execution there.</summary>
    private async Task<ReplayOutcome> ReexecuteAsync(Event recorded, Guid sessionId, ActivityContext session)
    {
        var id = ReplayId.Of(sessionId, recorded.EventId);
        using var span = ReplaySpan.Start(recorded, sessionId, session, destination: null)
            ?? Telemetry.Continue(SpanNames.ReplayPublish, ActivityKind.Producer, recorded.TraceContext);
        span.SetTag(SpanAttributes.ReplayExecutionId, id.ToString());
        Activity.Current = span;
        await journal.AcceptAsync(
            new(
                id, recorded.UserId, recorded.CorrelationId, RequestOf(recorded), RetryOf: recorded.ExecutionId,
                EventId: ReplayId.Of(id, recorded.EventId)),
            CancellationToken.None);
        return new(IsReexecuted: true, []);
    }

    private static ExecutionRequest RequestOf(Event recorded)
    {
        try
        {
            return recorded.Read(CoreJson.Default.ExecutionRequest);
        }
        catch (JsonException unreadable)
        {
            throw new ReplayException($"The request of event {recorded.EventId} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
