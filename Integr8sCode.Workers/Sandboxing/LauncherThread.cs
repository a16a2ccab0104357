using System.Collections.Concurrent;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// Starts every sandbox. The kernel kills a sandbox when the thread that started it ends (<c>--die-with-parent</c> counts threads, not
/// processes), and threads of the pool come and go; this one stays.
/// </summary>
internal sealed class LauncherThread : IDisposable
{
    private readonly ConcurrentQueue<(SandboxProgram Program, TaskCompletionSource<SandboxProcess> Started)> _queue = [];

    // A collection that blocks spins before it does, and that time is the scripts'.
    private readonly AutoResetEvent _rings = new(initialState: false);
    private volatile bool _ends;

    public LauncherThread() => new Thread(Work) { IsBackground = true, Name = "sandbox launcher" }.Start();

    public Task<SandboxProcess> StartAsync(SandboxProgram program)
    {
        var started = new TaskCompletionSource<SandboxProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Enqueue((program, started));
        _rings.Set();
        return started.Task;
    }

    public void Dispose()
    {
        _ends = true;
        _rings.Set();
    }

    private void Work()
    {
        while (!_ends)
        {
            _rings.WaitOne();
            while (_queue.TryDequeue(out var next))
            {
                Start(next.Program, next.Started);
            }
        }
        _rings.Dispose();
    }

    private static void Start(SandboxProgram program, TaskCompletionSource<SandboxProcess> started)
    {
        try
        {
            Libc.CloseInheritedDescriptorsOnExec();
            started.SetResult(new SandboxProcess(program));
        }
        catch (Exception exception) when (exception is IOException or System.ComponentModel.Win32Exception)
        {
            started.SetException(new SandboxUnavailableException($"Cannot start {program}: {exception.Message}"));
        }
    }
}
