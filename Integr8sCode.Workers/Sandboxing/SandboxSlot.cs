namespace Integr8sCode.Sandboxing;

/// <summary>The right to run one script now, in a sandbox that is already up. Disposing gives the slot back; the next sandbox is prepared in the background.</summary>
internal sealed class SandboxSlot(SandboxPool pool, SlotPlace place, ParkedSandbox parked) : IAsyncDisposable
{
    private ParkedSandbox _sandbox = parked;
    private bool _used;
    private bool _returned;

    internal SlotPlace Place => place;

    /// <summary>Runs the script to its end. Cancelling kills it and is an outcome, not an exception.</summary>
    /// <exception cref="ArgumentException">The run breaks a rule of <see cref="SandboxRun"/>.</exception>
    /// <exception cref="InvalidOperationException">The slot has run a script already.</exception>
    public async Task<SandboxResult> RunAsync(SandboxRun run, CancellationToken cancelled)
    {
        run.Check(pool.Options);
        if (Interlocked.Exchange(ref _used, true))
        {
            throw new InvalidOperationException("A slot runs one script; rent another.");
        }
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, pool.Stopping);
        try
        {
            var limits = run.Limits.Between(pool.Options.Minimum, pool.Options.Maximum);
            await MakeFitAsync(limits, either.Token);
            place.Write(run.Files);
            return await new SandboxExecution(_sandbox, limits, pool.Time).RunAsync(StartLine(run, limits), run.Stdin, either.Token);
        }
        catch (OperationCanceledException)
        {
            return new SandboxResult(SandboxOutcome.Cancelled);
        }
        catch (Exception exception) when (exception is SandboxUnavailableException or IOException)
        {
            return new SandboxResult(SandboxOutcome.SandboxError) { Error = exception.Message };
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _returned, true))
        {
            pool.Return(this);
        }
        return ValueTask.CompletedTask;
    }

    internal async Task CleanAsync()
    {
        await _sandbox.DisposeAsync();
        place.Empty();
    }

    // The size of /tmp is fixed when a sandbox is prepared, and a prepared one may have been killed by somebody.
    private async Task MakeFitAsync(SandboxLimits limits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_sandbox.Fits(limits))
        {
            await _sandbox.DisposeAsync();
            _sandbox = await pool.ParkAsync(place, limits.TemporaryDiskBytes, cancellationToken);
        }
    }

    private static string StartLine(SandboxRun run, SandboxLimits limits) => InitScript.StartLine(
        [.. run.Language.Command, .. run.Files.Take(1).Select(file => $"/w/{file.Path}"), .. run.Arguments], run.Environment, limits);
}
