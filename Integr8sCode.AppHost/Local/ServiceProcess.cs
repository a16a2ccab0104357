using System.Diagnostics;

namespace Integr8sCode.Local;

/// <summary>One run of a service's program.</summary>
internal sealed class ServiceProcess
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private readonly Process _process;

    private ServiceProcess(Process process, ServiceLog log)
    {
        _process = process;
        Exited = WatchAsync(Task.WhenAll(ReadAsync(process.StandardOutput, log), ReadAsync(process.StandardError, log)));
    }

    public int Id => _process.Id;

    /// <summary>The exit code, once the process and whatever it left in its process group are gone and its output is read.</summary>
    public Task<int> Exited { get; }

    public static async Task<ServiceProcess> StartAsync(ServiceSpec spec, ServiceLog log) =>
        new(await ProcessLauncher.StartAsync(spec), log);

    public void Send(Signal signal) => _process.Send(signal);

    public void Kill()
    {
        Send(Signal.Kill);
        _process.SendToGroup(Signal.Kill);
    }

    private async Task<int> WatchAsync(Task output)
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.SendToGroup(Signal.Kill);
        // A grandchild outside the group may hold the pipe open for ever.
        await Task.WhenAny(output, Task.Delay(LastWords));
        return _process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, ServiceLog log)
    {
        while (await reader.ReadLineAsync() is { } line) log.Add(line);
    }
}
