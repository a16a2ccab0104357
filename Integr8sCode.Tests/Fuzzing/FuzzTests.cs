using System.Diagnostics;
using Integr8sCode.Local;

namespace Integr8sCode.Fuzzing;

/// <summary>A short run of <c>Integr8sCode.Benchmarks fuzz</c>, which starts a platform of its own.</summary>
public sealed class FuzzTests
{
    private const int Requests = 2000;

    [Fact]
    public async Task Generated_requests_meet_no_server_error_no_hang_and_only_errors_that_explain_themselves()
    {
        var stop = TestContext.Current.CancellationToken;
        using var run = Process.Start(new ProcessStartInfo(
            Programs.Find("Integr8sCode.Benchmarks"), ["fuzz", "--seed", "20261122", "--count", $"{Requests}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ROOT"] = Programs.DotnetRoot },
        })!;
        var errors = run.StandardError.ReadToEndAsync(stop);
        var table = await run.StandardOutput.ReadToEndAsync(stop);
        await run.WaitForExitAsync(stop);

        TestContext.Current.TestOutputHelper?.WriteLine(table);
        Assert.Equal("", await errors);
        Assert.Contains($"{Requests} requests with seed 20261122, 0 breaches", table, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }
}
