using System.IO.Pipes;
using System.Text;

namespace Integr8sCode.Sandboxing;

/// <summary>The outermost process of a sandbox. Unlike <see cref="System.Diagnostics.Process"/> it tells what the process used.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private const int WaiterStackBytes = 256 << 10;

    private readonly Lock _reaping = new();
    private readonly AnonymousPipeServerStream _stdin = new(PipeDirection.Out, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _stdout = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _stderr = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeServerStream? _options;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public SandboxProcess(SandboxProgram program)
    {
        List<AnonymousPipeServerStream> streams = [_stdin, _stdout, _stderr];
        if (program.Filter is not null)
        {
            streams.Add(_options = new(PipeDirection.Out, HandleInheritability.None));
        }
        try
        {
            Id = PosixSpawn.Start(program, [.. streams.Select(stream => (int)stream.ClientSafePipeHandle.DangerousGetHandle())]);
        }
        catch
        {
            Dispose();
            throw;
        }
        streams.ForEach(stream => stream.DisposeLocalCopyOfClientHandle());
        new Thread(Reap, WaiterStackBytes) { IsBackground = true, Name = $"sandbox {Id}" }.Start();
    }

    public int Id { get; }

    public Stream Stdin => _stdin;

    public Stream Stdout => _stdout;

    public Stream Stderr => _stderr;

    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>The exit code; 128 and the signal for a process that a signal ended.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>CPU time of the process and of every descendant that was waited for; zero until <see cref="Exited"/>.</summary>
    public TimeSpan CpuTime { get; private set; }

    /// <summary>The largest resident set of any of them, or null where it cannot be told from what the worker itself had at the start.</summary>
    public long? PeakMemoryBytes { get; private set; }

    /// <summary>Gives bubblewrap the options that it waits for.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public async Task ContinueAsync(IEnumerable<string> options)
    {
        await using var stream = _options!;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(options.Select(option => option + '\0'))));
    }

    /// <summary>Kills this process, if it is there.</summary>
    public void Kill() => WhileItRuns(() => Libc.Kill(Id));

    /// <summary>Does something that needs the process' id, or its children's, to be still its own.</summary>
    public void WhileItRuns(Action action)
    {
        lock (_reaping)
        {
            if (!HasExited)
            {
                action();
            }
        }
    }

    public void Dispose()
    {
        _options?.Dispose();
        _stdin.Dispose();
        _stdout.Dispose();
        _stderr.Dispose();
    }

    // A thread that blocks is the only way to learn what a child used: .NET throws that away.
    private void Reap()
    {
        Libc.WaitForEnd(Id);
        lock (_reaping)
        {
            var (exitCode, usage) = Libc.Reap(Id);
            CpuTime = usage.CpuTime;
            PeakMemoryBytes = usage.PeakMemoryBytes > Libc.OwnPeakMemoryBytes ? usage.PeakMemoryBytes : null;
            _exited.SetResult(exitCode);
        }
    }
}
