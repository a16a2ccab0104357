using System.Collections.Concurrent;
using System.Diagnostics;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// Starts every sandbox. The kernel kills a sandbox when the thread that started it ends (<c>--die-with-parent</c> counts threads, not
/// processes), and threads of the pool come and go; this one stays.
/// </summary>
internal sealed class LauncherThread : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo StartInfo, TaskCompletionSource<Process> Started)> _queue = [];

    public LauncherThread() => new Thread(Work) { IsBackground = true, Name = "sandbox launcher" }.Start();

    public Task<Process> StartAsync(ProcessStartInfo startInfo)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add((startInfo, started));
        return started.Task;
    }

    public void Dispose() => _queue.CompleteAdding();

    private void Work()
    {
        foreach (var (startInfo, started) in _queue.GetConsumingEnumerable())
        {
            try
            {
                Libc.CloseInheritedDescriptorsOnExec();
                started.SetResult(Process.Start(startInfo)!);
            }
            catch (Exception exception) when (exception is IOException or System.ComponentModel.Win32Exception)
            {
                started.SetException(new SandboxUnavailableException($"Cannot start {startInfo.FileName}: {exception.Message}"));
            }
        }
    }
}
