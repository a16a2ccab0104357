using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

public sealed class LocalModeTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("integr8scode-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_parent.FullName, "data");

    [Fact]
    public async Task It_says_where_everything_is_and_leaves_no_process_when_stopped()
    {
        await using var host = AppHostProcess.Start(Data);
        var summary = await host.SummaryAsync(Cancelled);
        var children = host.Children();
        var watch = Stopwatch.StartNew();

        host.Send(Signal.Interrupt);
        var (exitCode, errors) = await host.WaitForExitAsync(Cancelled);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(3 + Services.Roles.Count, children.Count);
        Assert.DoesNotContain(children, LinuxProcess.IsAlive);
        Assert.All([Services.Broker, Services.TraceStore, Services.Backend, .. Services.Roles],
            service => Assert.Matches($@"(?m)^  {service} .*127\.0\.0\.1:\d+ .*\(pid \d+\)$", summary));
        var keys = DevKeys.LoadOrCreate(Path.Combine(Data, "dev-keys.json"));
        Assert.Contains($"Authorization: Bearer {keys.User}", summary, StringComparison.Ordinal);
        Assert.Contains($"admin key             {keys.Admin}", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_AppHost_takes_its_services_with_it()
    {
        await using var host = AppHostProcess.Start(Data);
        IReadOnlyList<int> children = [];
        // In the middle of the start, which is the hardest moment.
        await Eventually.HoldsAsync(() => (children = host.Children()).Count >= 2);
        await Eventually.HoldsAsync(() => children.All(HasExecuted));

        host.Send(Signal.Kill);
        await host.WaitForExitAsync(Cancelled);

        await Eventually.HoldsAsync(() => !children.Any(LinuxProcess.IsAlive));
    }

    [Fact]
    public async Task A_second_one_on_the_same_data_is_refused_with_one_line()
    {
        using var first = DataFolder.Open(Data);
        await using var host = AppHostProcess.Start(Data);

        var (exitCode, errors) = await host.WaitForExitAsync(Cancelled);

        Assert.Equal(1, exitCode);
        Assert.Equal($"error: {Data} is in use by another Integr8sCode; stop that one or choose another folder with --data\n", errors);
    }

    [Fact]
    public async Task A_taken_port_is_one_line_that_says_by_what()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var host = AppHostProcess.Start(Data, "--otlp-port", $"{port}");

        var (exitCode, errors) = await host.WaitForExitAsync(Cancelled);

        Assert.Equal(1, exitCode);
        Assert.Matches($@"^error: port {port} \(--otlp-port\) is taken by .+ \(pid {Environment.ProcessId}\)\n$", errors);
    }

    public void Dispose() => _parent.Delete(recursive: true);

    // setsid and setpriv have run, so the kernel knows what to do at the parent's death
    private static bool HasExecuted(int process) =>
        Path.GetFileName(new FileInfo($"/proc/{process}/exe").LinkTarget)?.StartsWith("Integr8sCode.", StringComparison.Ordinal) is true;
}
