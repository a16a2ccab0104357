using System.ComponentModel;
using System.Diagnostics;

namespace Integr8sCode.Aspire;

/// <summary>Docker, or what ASPIRE_CONTAINER_RUNTIME names.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static string Program => Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") ?? "docker";

    /// <returns>Why no container can be started; <see langword="null"/> where one can.</returns>
    public static async Task<string?> FindProblemAsync() =>
        await RunAsync("info") ? null : $"needs a container engine; '{Program} info' does not answer";

    public static Task RemoveVolumesAsync(params string[] names) => RunAsync(["volume", "rm", "--force", .. names]);

    private static async Task<bool> RunAsync(params string[] arguments)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            using var process = Process.Start(new ProcessStartInfo(Program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0;
        }
        catch (Exception error) when (error is Win32Exception or OperationCanceledException)
        {
            return false;
        }
    }
}
