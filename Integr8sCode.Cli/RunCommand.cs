using System.Diagnostics;
using System.Runtime.InteropServices;
using Integr8sCode.Client;

namespace Integr8sCode;

/// <summary><c>integr8s run</c>: what the script writes goes to standard output and error, all else, a line at a time, to standard error.</summary>
internal sealed class RunCommand(RunOptions options, Integr8sClient client) : IDisposable
{
    private static readonly TimeSpan TraceLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TraceInterval = TimeSpan.FromSeconds(1);

    // What the API draws, and how wide where there is no terminal to measure.
    private const int NarrowestTrace = 80;
    private const int WidestTrace = 400;
    private const int DefaultColumns = 140;

    /// <summary>One Ctrl-C may come twice: from the terminal, and from whatever started the command.</summary>
    private static readonly TimeSpan SameInterrupt = TimeSpan.FromMilliseconds(300);

    private readonly TaskCompletionSource _interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private long _interruptedAt;

    public static async Task<int> StartAsync(string[] args)
    {
        if (RunOptions.Read(args, out var options) is { } error)
        {
            return Tell(error, ExitCodes.Usage);
        }

        using var client = new Integr8sClient(options.Url!, options.Key!);
        using var command = new RunCommand(options, client);
        return await command.RunAsync();
    }

    public void Dispose() => _abandoned.Dispose();

    private async Task<int> RunAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            if (await FindLanguageAsync() is not { } language)
            {
                return Tell($"no language has the extension '{Path.GetExtension(options.File)}'; give --language", ExitCodes.Usage);
            }

            var execution = await client.SubmitAsync(await ReadSubmissionAsync(language), _abandoned.Token);
            var ended = await FollowAsync(execution.Id);
            if (options.TellsTrace)
            {
                await TellTraceAsync(ended.Id);
            }

            return TellEnd(ended);
        }
        catch (Integr8sException problem)
        {
            return Tell(problem.Message, ExitCodes.Of(problem));
        }
        catch (OperationCanceledException) when (_abandoned.IsCancellationRequested)
        {
            return Tell("left alone; the execution may still run", ExitCodes.Cancelled);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Tell(unreadable.Message, ExitCodes.Usage);
        }
    }

    private async Task<string?> FindLanguageAsync() => options.Language
        ?? (await client.ListLanguagesAsync(_abandoned.Token))
            .FirstOrDefault(language => Path.GetExtension(language.FileName) == Path.GetExtension(options.File))?.Name;

    private async Task<Submission> ReadSubmissionAsync(string language) =>
        new(await File.ReadAllTextAsync(options.File!, _abandoned.Token), language)
        {
            Version = options.Version,
            TimeoutSeconds = options.TimeoutSeconds,
            Priority = options.Priority,
            Args = options.Arguments,
            Stdin = options.TakesStdin && Console.IsInputRedirected ? await Console.In.ReadToEndAsync(_abandoned.Token) : null,
        };

    /// <returns>The ended execution.</returns>
    private async Task<Execution> FollowAsync(Guid id)
    {
        using var stdout = Console.OpenStandardOutput();
        using var stderr = Console.OpenStandardError();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_abandoned.Token);
        var cancelling = CancelWhenInterruptedAsync(id, over.Token);
        var attempt = 1;
        await foreach (var update in client.StreamAsync(id, _abandoned.Token))
        {
            if (update is ExecutionUpdate.Output output)
            {
                if (output.Attempt > attempt)
                {
                    Tell($"its worker was lost; attempt {attempt = output.Attempt} starts over", ExitCodes.Success);
                }

                var target = output.Stream == "stderr" ? stderr : stdout;
                await target.WriteAsync(output.Bytes, _abandoned.Token);
                await target.FlushAsync(_abandoned.Token);
            }
        }

        await over.CancelAsync();
        await cancelling;
        return await client.GetAsync(id, _abandoned.Token);
    }

    private async Task CancelWhenInterruptedAsync(Guid id, CancellationToken over)
    {
        await _interrupted.Task.WaitAsync(over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_interrupted.Task.IsCompleted)
        {
            await client.CancelAsync(id, _abandoned.Token);
        }
    }

    private static int TellEnd(Execution ended)
    {
        if (ended.Compile is { ExitCode: not 0 } compilation)
        {
            Console.Error.WriteLine(compilation.Output.TrimEnd());
        }

        if (ended.Status is not ExecutionStatus.Completed)
        {
            Tell($"{ended.Status.ToString().ToLowerInvariant()}: {ended.Message ?? ended.ErrorType ?? ended.Outcome} ({ended.Id})", ExitCodes.Success);
        }

        return ExitCodes.Of(ended);
    }

    /// <summary>Spans arrive in batches: the trace is whole when it has stopped growing.</summary>
    private async Task TellTraceAsync(Guid id)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_abandoned.Token);
        limit.CancelAfter(TraceLimit);
        var (drawn, before) = (default(string), default(string));
        try
        {
            drawn = await DrawAsync(id, limit.Token);
            while (drawn is null || drawn != before)
            {
                before = drawn;
                await Task.Delay(TraceInterval, limit.Token);
                drawn = await DrawAsync(id, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!_abandoned.IsCancellationRequested)
        {
            // what there is by now has to do
        }
        catch (Integr8sException problem)
        {
            Tell($"no trace: {problem.Message}", ExitCodes.Success);
        }

        if ((drawn ?? before) is { } trace)
        {
            await Console.Error.WriteLineAsync($"\n{trace.TrimEnd()}");
        }
    }

    private static int Columns() =>
        Console.IsErrorRedirected ? DefaultColumns : Math.Clamp(Console.WindowWidth, NarrowestTrace, WidestTrace);

    private async Task<string?> DrawAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.DrawTraceAsync(id, Columns(), cancellationToken);
        }
        catch (Integr8sException missing) when (missing.Reason == "not_yet")
        {
            return null;
        }
    }

    private void Interrupt(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (!_interrupted.Task.IsCompleted)
        {
            _interruptedAt = Stopwatch.GetTimestamp();
            _interrupted.TrySetResult();
        }
        else if (Stopwatch.GetElapsedTime(_interruptedAt) > SameInterrupt)
        {
            _abandoned.Cancel();
        }
    }

    private static int Tell(string line, int exitCode)
    {
        Console.Error.WriteLine($"integr8s: {line}");
        return exitCode;
    }
}
