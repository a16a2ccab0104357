using System.Collections.Concurrent;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// Starts every sandbox. The kernel kills a sandbox when the thread that started it ends (<c>--die-with-parent</c> counts threads, not
/// processes), and threads of the pool come and go; this one stays.
/// </summary>
internal sealed class LauncherThread : IDisposable
{
    private readonly BlockingCollection<(IReadOnlyList<string> Command, TaskCompletionSource<SandboxProcess> Started)> _queue = [];

    public LauncherThread() => new Thread(Work) { IsBackground = true, Name = "sandbox launcher" }.Start();

    public Task<SandboxProcess> StartAsync(IReadOnlyList<string> command)
    {
        var started = new TaskCompletionSource<SandboxProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add((command, started));
        return started.Task;
    }

    public void Dispose() => _queue.CompleteAdding();

    private void Work()
    {
        foreach (var (command, started) in _queue.GetConsumingEnumerable())
        {
            try
            {
                Libc.CloseInheritedDescriptorsOnExec();
                started.SetResult(new SandboxProcess(command));
            }
            catch (Exception exception) when (exception is IOException or System.ComponentModel.Win32Exception)
            {
                started.SetException(new SandboxUnavailableException($"Cannot start {command[0]}: {exception.Message}"));
            }
        }
    }
}
