using System.Collections.Concurrent;
using System.Diagnostics;

namespace Integr8sCode.Local;

/// <summary>
/// Starts processes that cannot outlive this one, even when it is killed. setpriv asks the kernel to kill the child at the death
/// of its parent, which the kernel takes to be the thread that forked; so one thread forks all of them and never ends.
/// setsid keeps the terminal's Ctrl-C from them: the platform decides in which order they stop.
/// </summary>
internal static class ProcessLauncher
{
    private static readonly BlockingCollection<(Process Process, TaskCompletionSource Started)> Queue = [];
    private static readonly Lazy<Thread> Forking = new(StartThread);

    public static async Task<Process> StartAsync(ServiceSpec spec)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("setsid", ["setpriv", "--pdeathsig", "KILL", spec.Program, .. spec.Arguments])
            {
                WorkingDirectory = Path.GetDirectoryName(spec.Program)!, // where the program's settings file is
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in spec.Environment)
        {
            if (value is null) process.StartInfo.Environment.Remove(name);
            else process.StartInfo.Environment[name] = value;
        }
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Forking.Value;
        Queue.Add((process, started));
        await started.Task;
        process.StandardInput.Close();
        return process;
    }

    private static Thread StartThread()
    {
        var thread = new Thread(Launch) { IsBackground = true, Name = "process launcher" };
        thread.Start();
        return thread;
    }

    private static void Launch()
    {
        foreach (var (process, started) in Queue.GetConsumingEnumerable())
        {
            try
            {
                process.Start();
                started.SetResult();
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        }
    }
}
