using System.Diagnostics;

namespace Integr8sCode.Replays;

/// <summary>One slice of one session, from the claim until the session ends, is stopped, or is free for others again.</summary>
internal sealed partial class ReplayRunner(ReplayTakeover takeover, ReplayWalk walk, ILogger<ReplayRunner> logger)
{
    public async Task RunAsync(ReplayHold hold, CancellationToken stop)
    {
        using var span = StartSpan(hold.Session);
        Activity.Current = null; // a slice asks the store a thousand times: the span tells the sum
        var before = hold.Session;
        try
        {
            var known = await takeover.EnterAsync(hold, span is null ? null : Telemetry.TraceParentOf(span.Context), stop);
            await walk.RunAsync(hold, known, span?.Context ?? default, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The lease ends by itself, and the next replayer looks at what is on Kafka.
        }
        catch (StoreUnavailableException exception)
        {
            LogInterrupted(exception, before.Id);
        }
        catch (Exception failure) // whatever it is: a session that stops must say why
        {
            LogFailed(failure, before.Id);
            span?.SetStatus(ActivityStatusCode.Error, failure.Message).SetTag(SpanAttributes.ErrorType, failure.GetType().FullName);
            await TryFailAsync(hold, failure.Message);
        }

        Describe(span, before, hold.Session);
    }

    private async Task TryFailAsync(ReplayHold hold, string error)
    {
        try
        {
            await hold.FailAsync(error);
        }
        catch (StoreUnavailableException exception)
        {
            LogInterrupted(exception, hold.Session.Id);
        }
    }

    /// <summary>A trace of its own, linked to the slice before or to the request that started the session.</summary>
    private static Activity? StartSpan(ReplaySession session)
    {
        Activity.Current = null;
        var previous = Telemetry.ContextOf(session.TraceParent);
        return Telemetry.Source.StartActivity(
            SpanNames.ReplaySession,
            ActivityKind.Internal,
            parentContext: default,
            [
                new(SpanAttributes.ReplaySessionId, session.Id.ToString()),
                new(SpanAttributes.ReplayDryRun, session.Plan.DryRun),
                new(SpanAttributes.UserId, session.CreatedBy),
            ],
            previous == default ? [] : [new(previous)]);
    }

    private static void Describe(Activity? span, ReplaySession before, ReplaySession after) => span?
        .SetTag(SpanAttributes.ReplayReplayed, after.Replayed - before.Replayed)
        .SetTag(SpanAttributes.ReplayReexecuted, after.Reexecuted - before.Reexecuted)
        .SetTag(SpanAttributes.ReplayRemaining, Math.Max(0, after.Total - after.Done))
        .SetTag(SpanAttributes.ReplayStatus, after.Status.ToString().ToLowerInvariant());

    [LoggerMessage(LogLevel.Error, "Replay session {SessionId} failed")]
    private partial void LogFailed(Exception exception, Guid sessionId);

    [LoggerMessage(LogLevel.Warning, "Replay session {SessionId} waits for the store")]
    private partial void LogInterrupted(Exception exception, Guid sessionId);
}
