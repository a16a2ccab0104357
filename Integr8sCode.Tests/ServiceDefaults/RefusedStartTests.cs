using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Integr8sCode.Local;

namespace Integr8sCode.ServiceDefaults;

/// <summary>A real process of ours, started with something that it must refuse.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("refused-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("OTEL_METRICS_EXPORTER", "prometheus", "OTEL_METRICS_EXPORTER")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    [InlineData("OTEL_PROPAGATORS", "b3", "OTEL_PROPAGATORS")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "lots", "OTEL_BSP_MAX_QUEUE_SIZE")]
    [InlineData("TraceStore__MaxBodyBytes", "1", "MaxBodyBytes")]
    [InlineData("TraceStore__MaxBodyBytes", "lots", "TraceStore:MaxBodyBytes")]
    public async Task A_wrong_setting_ends_the_process_with_one_line_that_names_it(string name, string value, string named)
    {
        var (exitCode, lines) = await RunAsync("http://127.0.0.1:0", (name, value));

        Assert.Equal(1, exitCode);
        Assert.Contains(named, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_ends_the_process_with_one_line_that_names_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var (exitCode, lines) = await RunAsync($"http://{listener.LocalEndpoint}");

        Assert.Equal(1, exitCode);
        Assert.Contains($"{listener.LocalEndpoint}", Assert.Single(lines), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(int ExitCode, string[] ErrorLines)> RunAsync(string url, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Programs.Find("Integr8sCode.TraceStore")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Programs.DotnetRoot;
        start.Environment["ASPNETCORE_URLS"] = url;
        start.Environment["TraceStore__Path"] = Path.Combine(_folder.FullName, "traces.db");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(Cancelled);
            var errors = await process.StandardError.ReadToEndAsync(Cancelled).WaitAsync(Limit, Cancelled);
            await Task.WhenAll(output, process.WaitForExitAsync(Cancelled)).WaitAsync(Limit, Cancelled);
            return (process.ExitCode, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            process.Kill(); // does nothing to one that has ended
        }
    }
}
