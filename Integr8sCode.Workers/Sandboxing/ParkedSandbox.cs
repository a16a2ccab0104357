using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Integr8sCode.Sandboxing.Cgroups;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>One sandbox, from its start to its last process; it runs one script and is gone.</summary>
internal sealed class ParkedSandbox(SandboxProcess process, Cgroup? cgroup, long temporaryDiskBytes, Language? parked) : IAsyncDisposable
{
    private static readonly TimeSpan _comeUpTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _killTime = TimeSpan.FromSeconds(10);

    private int? _initId;
    private bool _disposed;

    public PipeReader Stdout { get; } = PipeReader.Create(process.Stdout);

    public PipeReader Stderr { get; } = PipeReader.Create(process.Stderr);

    public int ProcessId { get; } = process.Id;

    public Cgroup? Cgroup => cgroup;

    /// <summary>The language whose interpreter waits; null for a shell that starts any.</summary>
    public Language? Parked => parked;

    public bool Fits(SandboxLimits limits) => !_disposed && limits.TemporaryDiskBytes == temporaryDiskBytes && !process.HasExited;

    /// <summary>Puts the sandbox into its control group, lets it begin, and waits until it is set up and waits for its script.</summary>
    /// <exception cref="SandboxUnavailableException">It is not; it has been killed.</exception>
    public async Task ComeUpAsync(IEnumerable<string> options, CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(_comeUpTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, cancellationToken);
        var isUp = false;
        try
        {
            await BeginAsync(options);
            isUp = await SaysAsync(InitScript.Parked, either.Token);
            _initId = FindInit();
            if (!isUp)
            {
                var said = await CapturedOutput.ReadAsync(Stderr, limit: 2000, overflow: Kill);
                throw new SandboxUnavailableException($"The sandbox did not start: {Encoding.UTF8.GetString(said.Bytes.Span).Trim()}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxUnavailableException($"The sandbox did not start within {_comeUpTime.TotalSeconds:0} s.");
        }
        finally
        {
            if (!isUp)
            {
                await DisposeAsync();
            }
        }
    }

    /// <summary>Reads the next line of stdout and compares it; false also at the end of the stream.</summary>
    public async Task<bool> SaysAsync(string word, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await Stdout.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var said = Encoding.UTF8.GetString(read.Buffer.Slice(0, end));
                Stdout.AdvanceTo(read.Buffer.GetPosition(1, end));
                return said == word;
            }
            Stdout.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return false;
            }
        }
    }

    /// <summary>What must be sent for a line that a shell reads.</summary>
    public string ForShell(string line) => parked is null ? line : ParkedPython.BecomeShell + line;

    /// <summary>Sends the text that starts the script, then the script's input, and closes it. A script need not read it.</summary>
    public async Task FeedAsync(string start, ReadOnlyMemory<byte> input)
    {
        try
        {
            await using var stream = process.Stdin;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(start), CancellationToken.None);
            await stream.WriteAsync(input, CancellationToken.None);
        }
        catch (IOException)
        {
            // The script ended or closed its input; that is its right.
        }
    }

    /// <summary>The exit code, when bubblewrap has ended.</summary>
    public Task<int> ExitAsync() => process.Exited;

    /// <summary>What the kernel says that the sandbox used, when bubblewrap has ended.</summary>
    public (TimeSpan CpuTime, long? PeakMemoryBytes) Usage => (process.CpuTime, process.PeakMemoryBytes);

    /// <summary>Kills what runs now. The init comes down with everything in its process namespace.</summary>
    public void Kill()
    {
        cgroup?.Kill();
        process.WhileItRuns(() =>
        {
            // The init first: bubblewrap reaps it, so until bubblewrap is dead the id cannot be another process's.
            if (_initId is { } initId)
            {
                Libc.Kill(initId);
            }
            Libc.Kill(ProcessId);
        });
    }

    /// <summary>Kills until nothing is left.</summary>
    /// <exception cref="SandboxUnavailableException">A process survived ten seconds of it.</exception>
    public async Task KillToTheLastAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (!process.HasExited || cgroup is { IsEmpty: false })
        {
            if (Stopwatch.GetElapsedTime(begun) > _killTime)
            {
                throw new SandboxUnavailableException("A process of a sandbox cannot be killed.");
            }
            Kill();
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }
        await KillToTheLastAsync();
        _disposed = true;
        await Stdout.CompleteAsync();
        await Stderr.CompleteAsync();
        process.Dispose();
        for (var attempt = 0; cgroup?.TryRemove() == false && attempt < 100; attempt++)
        {
            await Task.Delay(10);
        }
    }

    private async Task BeginAsync(IEnumerable<string> options)
    {
        try
        {
            process.WhileItRuns(() => cgroup?.Add(ProcessId));
            await process.ContinueAsync(options);
        }
        catch (IOException) when (process.HasExited)
        {
            // Why, it has said itself.
        }
    }

    private int? FindInit()
    {
        try
        {
            var children = File.ReadAllText($"/proc/{ProcessId}/task/{ProcessId}/children");
            return int.TryParse(children, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
