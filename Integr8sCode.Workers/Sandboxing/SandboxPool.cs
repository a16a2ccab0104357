using System.Collections.Concurrent;
using System.Threading.Channels;
using Integr8sCode.Sandboxing.Cgroups;
using Integr8sCode.Sandboxing.Languages;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// The sandboxes of this worker, one prepared ahead for each slot. When the host starts it prepares them, tests that they contain what they
/// must and finds out which languages run; if that fails it serves nothing and says why in the log and in its health.
/// </summary>
internal sealed partial class SandboxPool(IOptions<SandboxOptions> options, LanguageCatalog catalog, TimeProvider time, ILogger<SandboxPool> logger)
    : BackgroundService
{
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<SandboxSlot> _free = Channel.CreateUnbounded<SandboxSlot>();
    private readonly ConcurrentDictionary<int, SandboxSlot> _slots = new();
    private readonly ConcurrentDictionary<int, Task> _returns = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    private SandboxDirectory? _directory;
    private SandboxLauncher? _launcher;

    /// <summary>How many scripts can run at one time.</summary>
    public int Slots => options.Value.SlotCount;

    /// <summary>Completes when slots can be rented; fails with <see cref="SandboxUnavailableException"/> if they never will.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Why slots are missing, or null.</summary>
    public string? Fault { get; private set; }

    internal SandboxOptions Options => options.Value;

    internal CgroupTree? Cgroups { get; private set; }

    internal TimeProvider Time => time;

    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Waits for a free slot.</summary>
    /// <exception cref="SandboxUnavailableException">This worker cannot run scripts, or is stopping.</exception>
    public async ValueTask<SandboxSlot> RentAsync(CancellationToken cancellationToken)
    {
        await Ready.WaitAsync(cancellationToken);
        return await TakeAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_returns.Values);
        foreach (var slot in _slots.Values)
        {
            await slot.CleanAsync();
        }
        _slots.Clear();
        _launcher?.Dispose();
        Cgroups?.Dispose();
        _directory?.Dispose();
        _directory = null;
    }

    internal Task<ParkedSandbox> ParkAsync(SlotPlace place, long temporaryDiskBytes, Language? parked, CancellationToken cancellationToken) =>
        _launcher!.ParkAsync(place, temporaryDiskBytes, parked, cancellationToken);

    internal void Return(SandboxSlot slot) => _returns[slot.Place.Number] = Task.Run(() => RenewAsync(slot), CancellationToken.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PrepareAsync(stoppingToken);
            await ContainmentTest.RunAsync(RunOnceAsync, Options.Limits, Cgroups is { BoundsMemory: true }, stoppingToken);
            catalog.Offer(await new LanguageProbe(RunOnceAsync, Options).ProbeAsync(stoppingToken));
            foreach (var parks in catalog.Languages.Where(language => language.Parks))
            {
                await ParkedPython.CompileAsync(parks, _directory!.ParkFolder, RunOnceAsync, stoppingToken);
            }
            await WarmAsync(stoppingToken);
            LogReady(Slots, Cgroups?.Description ?? "no cgroup", string.Join(", ", catalog.Languages.Select(language => $"{language.Name} {language.Version}")));
            _ready.SetResult();
        }
        catch (Exception exception) when (Stopping.IsCancellationRequested || exception is OperationCanceledException)
        {
            _ready.SetException(new SandboxUnavailableException("The worker is stopping."));
        }
        catch (Exception exception) when (exception is SandboxUnavailableException or IOException or UnauthorizedAccessException)
        {
            Fault = exception.Message;
            LogRefused(exception.Message);
            _ready.SetException(new SandboxUnavailableException(exception.Message));
        }
    }

    // Making and removing control groups blocks, for a second on a machine that is out of breath. The timers of other slots must not wait for that.
    private void KeepThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + (2 * Slots)), completions);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        KeepThreads();
        var name = WorkerName.Create();
        _directory = new SandboxDirectory(Options.Directory ?? Path.GetTempPath(), name);
        _directory.MakeRoomFor(Options.ReadOnlyPaths);
        Cgroups = CgroupTree.Detect(name, Slots);
        if (Cgroups is not { BoundsMemory: true } && !Options.AllowUnboundedMemory)
        {
            throw new SandboxUnavailableException(
                $"This machine offers the worker no way to bound a script's memory ({Cgroups?.Description ?? "no cgroup it may write"}). "
                + "Start it in a cgroup of its own: systemd-run --user --scope --property=Delegate=yes ./run.sh, "
                + $"or set {SandboxOptions.Section}:{nameof(SandboxOptions.AllowUnboundedMemory)}=true; see docs/deploy.md.");
        }
        _launcher = new SandboxLauncher(Options, _directory, Cgroups);
        await Task.WhenAll(Enumerable.Range(0, Slots).Select(number =>
            OpenAsync(_directory.AddSlot(number, Environment.IsPrivilegedProcess ? Options.FirstUserId + number : null), parked: null, cancellationToken)));
    }

    // Until something has run, a language that can be parked is the best guess.
    private async Task WarmAsync(CancellationToken cancellationToken)
    {
        if (catalog.Languages.FirstOrDefault(language => language.Parks) is not { } parked)
        {
            return;
        }
        var slots = new List<SandboxSlot>();
        while (slots.Count < Slots)
        {
            slots.Add(await TakeAsync(cancellationToken));
        }
        await Task.WhenAll(slots.Select(async slot =>
        {
            await slot.CleanAsync();
            await OpenAsync(slot.Place, parked, cancellationToken);
        }));
    }

    private async Task OpenAsync(SlotPlace place, Language? parked, CancellationToken cancellationToken)
    {
        var slot = new SandboxSlot(this, place, await ParkAsync(place, Options.Limits.TemporaryDiskBytes, parked, cancellationToken));
        _slots[place.Number] = slot;
        _free.Writer.TryWrite(slot);
    }

    private async Task RenewAsync(SandboxSlot used)
    {
        var parked = used.Language is { Parks: true } language ? language : null;
        while (!Stopping.IsCancellationRequested)
        {
            try
            {
                await used.CleanAsync();
                await OpenAsync(used.Place, parked, Stopping);
                Fault = null;
                return;
            }
            catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was: nobody else waits for this task, and a slot that is not renewed is lost for good.
                Fault = exception.Message;
                parked = null;
                LogNotRenewed(exception, used.Place.Number);
                await Task.Delay(_retryDelay, time, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask<SandboxSlot> TakeAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
        try
        {
            return await _free.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxUnavailableException("The worker is stopping.");
        }
    }

    private async Task<SandboxResult> RunOnceAsync(SandboxRun run, CancellationToken cancellationToken)
    {
        await using var slot = await TakeAsync(cancellationToken);
        return await slot.RunAsync(run, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "The sandbox serves {Slots} slots with {Cgroups}; languages: {Languages}")]
    private partial void LogReady(int slots, string cgroups, string languages);

    [LoggerMessage(LogLevel.Critical, "The sandbox refuses to serve: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(LogLevel.Error, "Slot {Slot} has no sandbox, trying again")]
    private partial void LogNotRenewed(Exception exception, int slot);
}
