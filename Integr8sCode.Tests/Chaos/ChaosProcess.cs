using System.Diagnostics;
using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>The benchmarks' program in its chaos run, as a person starts it; what it prints goes to the test's output.</summary>
internal sealed class ChaosProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _table;
    private readonly Task<string> _errors;

    private ChaosProcess(string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(Programs.Find("Integr8sCode.Benchmarks"), ["chaos", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ROOT"] = Programs.DotnetRoot },
        })!;
        _table = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public static async Task<(int ExitCode, string Table, string Errors)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var chaos = new ChaosProcess(arguments);
        await chaos._process.WaitForExitAsync(cancellationToken);
        return (chaos._process.ExitCode, await chaos._table, await chaos._errors);
    }

    // Its services cannot outlive it.
    public async ValueTask DisposeAsync()
    {
        _process.Send(Signal.Kill);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
