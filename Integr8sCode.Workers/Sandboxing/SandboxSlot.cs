using Integr8sCode.Executions;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>The right to run one script now, in a sandbox that is already up. Disposing gives the slot back; the next sandbox is prepared in the background.</summary>
internal sealed class SandboxSlot(SandboxPool pool, SlotPlace place, ParkedSandbox parked) : IAsyncDisposable
{
    private readonly CancellationTokenSource _returned = new();

    private readonly List<ParkedSandbox> _replaced = [];

    private ParkedSandbox _sandbox = parked;
    private Task? _running;

    internal SlotPlace Place => place;

    internal ParkedSandbox Sandbox => _sandbox;

    /// <summary>What the slot ran, which is the best guess at what it runs next.</summary>
    internal Language? Language { get; private set; }

    /// <summary>Runs the script to its end. Cancelling, or giving the slot back, kills it and is an outcome, not an exception.</summary>
    /// <exception cref="ArgumentException">The run breaks a rule of <see cref="SandboxRun"/>.</exception>
    /// <exception cref="InvalidOperationException">The slot has run a script already.</exception>
    public Task<SandboxResult> RunAsync(SandboxRun run, CancellationToken cancelled)
    {
        run.Check(pool.Options);
        if (_running is not null)
        {
            throw new InvalidOperationException("A slot runs one script; rent another.");
        }
        Language = run.Language;
        var running = RunToTheEndAsync(run, cancelled);
        _running = running;
        return running;
    }

    public ValueTask DisposeAsync()
    {
        if (!_returned.IsCancellationRequested)
        {
            _returned.Cancel();
            pool.Return(this);
        }
        return ValueTask.CompletedTask;
    }

    internal async Task CleanAsync()
    {
        await (_running ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _replaced.Add(_sandbox);
        foreach (var sandbox in _replaced)
        {
            await sandbox.DisposeAsync();
        }
        place.Empty();
    }

    private async Task<SandboxResult> RunToTheEndAsync(SandboxRun run, CancellationToken cancelled)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancelled, pool.Stopping, _returned.Token);
        try
        {
            return run.Language.Compile is { } step ? await CompileAndRunAsync(run, step, any.Token) : await RunInSandboxAsync(run, any.Token);
        }
        catch (OperationCanceledException)
        {
            return new SandboxResult(RunOutcome.Cancelled);
        }
        catch (Exception exception) when (exception is SandboxUnavailableException or IOException)
        {
            return new SandboxResult(RunOutcome.SandboxError) { Error = exception.Message };
        }
    }

    private async Task<SandboxResult> RunInSandboxAsync(SandboxRun run, CancellationToken cancelled)
    {
        var limits = run.Limits.Between(pool.Options.Minimum, pool.Options.Maximum);
        await MakeFitAsync(limits, cancelled);
        place.Write(run.Files);
        return await new SandboxExecution(_sandbox, limits, pool.Time) { Live = run.Live }.RunAsync(StartOf(run, limits), run.Stdin, cancelled);
    }

    private async Task<SandboxResult> CompileAndRunAsync(SandboxRun run, CompileStep step, CancellationToken cancelled)
    {
        await MakeFitAsync(step.Limits, cancelled);
        place.Write(run.Files);
        var (compile, built) = await _sandbox.CompileAsync(run, step, pool.Time, cancelled);
        await _sandbox.DisposeAsync();
        return built is null ? SandboxCompilation.AsResult(compile) : await RunInSandboxAsync(built, cancelled) with { Compile = compile };
    }

    // The size of /tmp is fixed when a sandbox is prepared, and a prepared one may have been killed by somebody.
    private async Task MakeFitAsync(SandboxLimits limits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_sandbox.Fits(limits))
        {
            // It costs the next one nothing to let this one go later, when nobody waits.
            _replaced.Add(_sandbox);
            _sandbox = await pool.ParkAsync(place, limits.TemporaryDiskBytes, parked: null, cancellationToken);
        }
    }

    private string StartOf(SandboxRun run, SandboxLimits limits) => _sandbox.Parked == run.Language && ParkedPython.CanStart(run)
        ? ParkedPython.StartText(run, limits)
        : _sandbox.ForShell(InitScript.StartLine(
            [.. run.Language.Command, .. run.Files.Take(1).Select(file => $"/w/{file.Path}"), .. run.Arguments], run.Environment, limits));
}
