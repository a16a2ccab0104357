using System.Diagnostics;

namespace Integr8sCode.Sandboxing;

/// <summary>A program without any sandbox: what the machine needs for it at this moment.</summary>
internal static class BareProcess
{
    public static async Task<TimeSpan> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return watch.Elapsed;
    }
}
