using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Integr8sCode.Local;

/// <summary>Runs the platform in the foreground until Ctrl-C or SIGTERM.</summary>
internal static class LocalMode
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            var command = LocalCommand.Parse(arguments, Environment.GetEnvironmentVariable);
            if (command.Reset) DataFolder.Reset(command.DataFolder);
            await RunAsync(command);
            return 0;
        }
        catch (PlatformException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return 1;
        }
    }

    private static async Task RunAsync(LocalCommand command)
    {
        var started = Stopwatch.StartNew();
        var output = new ConsoleOutput();
        await using var platform = LocalPlatform.Create(new PlatformOptions(command.DataFolder)
        {
            Ports = command.Ports,
            Output = output.Write,
        });
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            await platform.StartAsync(stop.Token);
            output.Write(Summary.Of(platform, started.Elapsed));
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            output.Write("Stopping");
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
