using System.Globalization;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

public sealed class ServiceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crashed_service_is_started_again()
    {
        var service = Broker(restartCrashed: true);
        await service.StartAsync(Cancelled);
        var crashed = service.ProcessId;

        await service.KillAsync();
        await service.WaitUntilHealthyAsync(Cancelled);

        Assert.NotEqual(crashed, service.ProcessId);
        Assert.Contains("ended with exit code 137, starts again in 1 s", service.Log.Lines);
        await service.StopAsync(Limit);
    }

    [Fact]
    public async Task Without_automatic_restart_a_crashed_service_stays_down_until_it_is_started()
    {
        var service = Broker();
        await service.StartAsync(Cancelled);
        await service.KillAsync();
        await SaysAsync(service, "ended with exit code 137");

        Assert.NotNull(await HealthProbe.FindProblemAsync(service.Address, Cancelled));

        await service.StartAsync(Cancelled);
        await service.StopAsync(Limit);
    }

    [Fact]
    public async Task A_restart_ends_the_process_and_starts_the_next_one_on_its_address()
    {
        var service = Broker();
        await service.StartAsync(Cancelled);
        var first = service.ProcessId;

        await service.RestartAsync(Limit, Cancelled);

        Assert.NotEqual(first, service.ProcessId);
        Assert.False(Directory.Exists($"/proc/{first}"));
        await service.StopAsync(Limit);
    }

    [Fact]
    public async Task A_paused_service_stands_still_until_it_continues_and_can_be_stopped_meanwhile()
    {
        var service = Broker();
        await service.StartAsync(Cancelled);

        service.Pause();
        await Eventually.HoldsAsync(() => LinuxProcess.StateOf(service.ProcessId) == 'T');
        service.Continue();
        await Eventually.HoldsAsync(() => LinuxProcess.StateOf(service.ProcessId) == 'S');
        service.Pause();
        await service.StopAsync(Limit);

        Assert.Equal(0, await service.WaitForExitAsync(Cancelled));
    }

    [Fact]
    public async Task A_service_that_does_not_stop_is_killed_with_its_children()
    {
        var service = Shell("trap '' TERM; sleep 1000 & echo child $!; while :; do sleep 0.1; done");
        await service.LaunchAsync();
        var child = int.Parse((await SaysAsync(service, "child "))["child ".Length..], CultureInfo.InvariantCulture);

        await service.StopAsync(Patience);

        Assert.Equal(128 + (int)Signal.Kill, await service.WaitForExitAsync(Cancelled));
        await Eventually.HoldsAsync(() => !LinuxProcess.IsAlive(child));
    }

    [Fact]
    public async Task A_service_that_ends_before_it_is_healthy_fails_the_start_with_its_last_words()
    {
        var service = Shell("echo Storage:Path is missing >&2; exit 3", restartCrashed: true);

        var failure = await Assert.ThrowsAsync<PlatformException>(() => service.StartAsync(Cancelled));

        Assert.Contains("service stopped before it was healthy", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:Path is missing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_line_goes_to_the_output_with_the_service_that_said_it()
    {
        var lines = new List<(string Service, string Line)>();
        var service = Shell("echo $GIVEN; echo ${HOME-none} >&2", output: (name, line) => { lock (lines) lines.Add((name, line)); });

        await service.LaunchAsync();
        await service.WaitForExitAsync(Cancelled);

        Assert.Contains(("service", "value"), lines);
        Assert.Contains(("service", "none"), lines);
    }

    private static Service Broker(bool restartCrashed = false)
    {
        var port = FreePort.Next();
        return new Service(
            new ServiceSpec("broker", Programs.Find("Integr8sCode.Broker"), new Uri($"tcp://127.0.0.1:{port}"), ["--port", $"{port}"],
                new Dictionary<string, string?> { ["DOTNET_ROOT"] = Programs.DotnetRoot }),
            restartCrashed,
            (_, _) => { });
    }

    private static Service Shell(string script, bool restartCrashed = false, OutputLine? output = null) =>
        new(new ServiceSpec("service", "/bin/sh", new Uri("tcp://127.0.0.1:1"), ["-c", script],
                new Dictionary<string, string?> { ["GIVEN"] = "value", ["HOME"] = null }),
            restartCrashed,
            output ?? ((_, _) => { }));

    private static async Task<string> SaysAsync(Service service, string start)
    {
        string? line = null;
        await Eventually.HoldsAsync(() => (line = service.Log.Lines.FirstOrDefault(said => said.StartsWith(start, StringComparison.Ordinal))) is not null);
        return line!;
    }
}
