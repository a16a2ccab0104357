using System.Diagnostics;
using Integr8sCode.Local;

namespace Integr8sCode.Transfers;

/// <summary><c>Integr8sCode.Workers export</c> and <c>import</c>, as an operator runs them.</summary>
internal static class TransferProcess
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<(int Code, string Output, string Error)> RunAsync(string connection, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.Find("Integr8sCode.Workers"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__integr8scode"] = connection, ["DOTNET_ROOT"] = Programs.DotnetRoot },
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.StandardInput.WriteAsync(input.AsMemory(), Cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }
}
