using System.Diagnostics;
using System.Text;
using Integr8sCode.Sandboxing;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

/// <summary>Runs one claimed execution in its slot and reports what came of it.</summary>
internal sealed partial class ExecutionRunner(
    ExecutionJournal journal, Worker worker, LiveOutputWriter live, ExecutionMetrics metrics, ILogger<ExecutionRunner> logger)
{
    private static readonly TimeSpan ReportPause = TimeSpan.FromMilliseconds(500);

    private readonly StoreOutage _outage = new(logger, "results wait to be stored");

    public async Task RunAsync(RunningExecution run, SandboxSlot slot)
    {
        using var span = Telemetry.Continue(
            SpanNames.SandboxRun, ActivityKind.Internal, run.Claim.Context, SandboxSpan.TagsOf(run.Claim), run.Claim.ClaimedAt);
        var output = new LiveOutput();
        using var over = new CancellationTokenSource();
        var showing = live.FollowAsync(run.Claim, output, over.Token);
        try
        {
            SandboxResult result;
            await using (slot)
            {
                result = await RunAsync(run, slot, output, span);
            }

            await over.CancelAsync();
            SandboxSpan.Describe(span, result);
            var reported = await ReportAsync(run, result);
            if (await showing && reported is { State.IsTerminal: true })
            {
                await live.ClearAsync(run.Claim.Id);
            }
        }
        catch (Exception exception)
        {
            // The lease expires and another attempt is made; nothing of this one may look as if it had succeeded.
            span.AddException(exception).SetStatus(ActivityStatusCode.Error, exception.Message);
            LogFailed(exception, run.Claim.Id);
        }
        finally
        {
            await over.CancelAsync();
            run.Dispose();
        }
    }

    private async Task<SandboxResult> RunAsync(RunningExecution run, SandboxSlot slot, LiveOutput output, Activity span)
    {
        try
        {
            var script = ScriptOf(run.Claim.Execution);
            SandboxSpan.Describe(span, script.Limits);
            return await slot.RunAsync(script with { Live = output }, run.Stopped);
        }
        catch (ArgumentException exception)
        {
            // The API refuses such a request; an outside producer's event may hold one.
            return new(RunOutcome.Rejected) { Error = exception.Message };
        }
    }

    private SandboxRun ScriptOf(Execution execution)
    {
        var request = execution.Request;
        var language = worker.Languages.Find(request.Language, request.Version)
            ?? throw new InvalidOperationException($"{request.Language} {request.Version} is no language of this worker.");

        return new(language, [new(language.FileName, Encoding.UTF8.GetBytes(request.Script)), .. request.Files.Select(FileOf)])
        {
            Stdin = Encoding.UTF8.GetBytes(request.Stdin ?? ""),
            Arguments = request.Args,
            Environment = request.Env,
            Limits = RunLimits.Of(request, language.Limits, worker.Settings),
        };
    }

    private static SandboxFile FileOf(ExecutionFile file) => new(
        file.Path ?? "", file.Decode() ?? throw new ArgumentException($"The content of '{file.Path}' is not what its encoding says."));

    /// <summary>Keeps trying while the store is away: the result exists only here until it is stored.</summary>
    /// <returns>The execution after the report; <see langword="null"/> where the report was refused.</returns>
    private async Task<Execution?> ReportAsync(RunningExecution run, SandboxResult result)
    {
        while (true)
        {
            try
            {
                var reported = await journal.ChangeAsync(run.Claim.Execution, e => Move(e, run, result), CancellationToken.None);
                _outage.IsOver();
                metrics.Reported(run.Claim, result, reported);
                if (reported is null)
                {
                    LogDiscarded(run.Claim.Id, run.Claim.Attempt);
                }

                return reported;
            }
            catch (StoreUnavailableException exception) when (run.Reason is not StopReason.Shutdown)
            {
                _outage.Goes(exception);
                await Task.Delay(ReportPause, worker.Clock, CancellationToken.None);
            }
        }
    }

    private ExecutionChange? Move(Execution execution, RunningExecution run, SandboxResult result)
    {
        var (workerId, attempt) = (worker.Id, run.Claim.Attempt);
        return (result.Outcome, run.Reason) switch
        {
            (RunOutcome.Cancelled, StopReason.LeaseLost) => null,
            (RunOutcome.Cancelled, StopReason.Shutdown) =>
                execution.Requeue(workerId, attempt, lost: false, "The worker stopped.", journal.Now),
            (RunOutcome.SandboxError, _) =>
                execution.Requeue(workerId, attempt, lost: true, result.Error ?? "The sandbox failed.", journal.Now) ?? Finish(),
            _ => Finish(),
        };

        ExecutionChange? Finish() => execution.Finish(
            workerId, attempt, SandboxReport.Of(result), new(result.Stdout.Bytes.ToArray(), result.Stderr.Bytes.ToArray()), journal.Now);
    }

    [LoggerMessage(LogLevel.Error, "Execution {ExecutionId} was not reported; its lease will expire")]
    private partial void LogFailed(Exception exception, Guid executionId);

    [LoggerMessage(LogLevel.Warning, "Discarded attempt {Attempt} of execution {ExecutionId}: its claim is no longer held")]
    private partial void LogDiscarded(Guid executionId, int attempt);
}
