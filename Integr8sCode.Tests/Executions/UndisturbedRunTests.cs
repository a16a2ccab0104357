using System.Diagnostics;
using System.Text.Json.Nodes;
using Integr8sCode.AppHost;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using static Integr8sCode.Executions.CrashTestPlatform;

namespace Integr8sCode.Executions;

/// <summary>A run belongs to its lease: neither what comes before it nor what happens to the group meanwhile makes a second result.</summary>
public sealed class UndisturbedRunTests
{
    private const string First = "execution-worker-1";
    private const string Second = "execution-worker-2";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_killed_between_its_claim_and_the_scripts_start_is_replaced_and_the_script_starts_once()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        var worker = test.Platform["execution-worker"];
        var marker = Guid.CreateVersion7().ToString();
        var sandboxes = DescendantsOf(worker.ProcessId);
        Assert.NotEmpty(sandboxes);
        Assert.All(sandboxes, Suspend); // they wait for a script, and now nobody in there can start one
        var id = await user.SubmitAsync(new { script = "echo done", language = "bash", args = new[] { marker } });
        await user.GetInAsync(id, "running");
        Assert.Empty(LinuxProcess.Naming(marker));

        await worker.KillAsync();
        await worker.StartAsync(Stop);

        var ended = await AssertEndsOnceAsync(user, id);
        Assert.Equal((2, "done\n"), (ended["attempts"]!.GetValue<int>(), ended["stdout"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_run_goes_on_while_workers_join_and_leave_and_one_result_is_kept()
    {
        await using var test = await StartAsync(options => options with
        {
            Replicas = new Dictionary<string, int> { ["execution-worker"] = 2 },
            Without = new HashSet<string> { Second },
        });
        using var user = UserOf(test);
        var marker = Guid.CreateVersion7().ToString();
        var script = "trap 'echo done; exit' TERM; while :; do sleep 0.1; done";
        var id = await user.SubmitAsync(new { script, language = "bash", timeout_seconds = 60, args = new[] { marker } });
        var running = await user.GetInAsync(id, "running");

        await test.Platform[Second].StartAsync(Stop);
        await HasPartitionsAsync(test.Platform[Second]);
        await test.Platform[Second].StopAsync(Limit);
        await HasPartitionsAsync(test.Platform[First]);
        Assert.All(LinuxProcess.Naming(marker), process => Process.GetProcessById(process).Send(Signal.Terminate));

        var ended = await AssertEndsOnceAsync(user, id);
        Assert.Equal((1, "done\n"), (ended["attempts"]!.GetValue<int>(), ended["stdout"]!.GetValue<string>()));
        Assert.Equal(running["timestamps"]!["started_at"]!.ToJsonString(), ended["timestamps"]!["started_at"]!.ToJsonString());
        Assert.Single(await user.ListEventTypesAsync(id), type => type == "execution.started");
    }

    private static IReadOnlyList<int> DescendantsOf(int process) =>
        [.. LinuxProcess.ChildrenOf(process).SelectMany(child => DescendantsOf(child).Prepend(child))];

    private static void Suspend(int process)
    {
        Process.GetProcessById(process).Send(Signal.Stop);
        Assert.True(SpinWait.SpinUntil(() => LinuxProcess.StateOf(process) is 'T', Limit));
    }

    /// <summary>A worker's health names the groups in which it holds no partition.</summary>
    private static async Task HasPartitionsAsync(Service worker)
    {
        using var http = new HttpClient { BaseAddress = worker.Address };
        await Eventually.SeesAsync(
            async () => JsonNode.Parse(await http.GetStringAsync("/health", Stop))!["checks"]!.AsArray()
                .Single(check => check!["name"]!.GetValue<string>() == "kafka")!,
            check => check!["status"]!.GetValue<string>() == "Healthy",
            Limit);
    }
}
