using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using static Integr8sCode.Executions.CrashTestPlatform;

namespace Integr8sCode.Executions;

/// <summary>
/// What is accepted is never lost and ends exactly once, whichever process dies. Each test has a platform of its own with short leases;
/// a service that is left out stands for one that died before it could act.
/// </summary>
public sealed class CrashTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepted_while_the_broker_is_dead_is_published_when_it_is_back()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        await test.Platform["kafka"].KillAsync();

        var id = await user.SubmitAsync("print(1)");
        await test.Platform["kafka"].StartAsync(Stop);

        await AssertEndsOnceAsync(user, id);
    }

    [Fact]
    public async Task An_api_killed_after_accepting_leaves_the_event_to_the_relay_of_another_process()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        await test.Platform["kafka"].KillAsync();
        var id = await user.SubmitAsync("print(1)");
        await test.Platform["integr8scode-backend"].KillAsync();
        await test.Platform["kafka"].StartAsync(Stop);
        await test.Platform["integr8scode-backend"].StartAsync(Stop);

        await AssertEndsOnceAsync(user, id);
    }

    [Theory]
    [InlineData("saga-orchestrator")] // the request is acknowledged but not consumed
    [InlineData("execution-worker")] // the task is
    [InlineData("result-processor")] // the terminal event is
    public async Task A_broker_that_forgets_acknowledged_messages_loses_no_execution(string absent)
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        await test.Platform[absent].StopAsync(Patience);
        var id = await user.SubmitAsync("print(1)");
        await WaitForOutboxAsync(user, id, absent);

        await test.Platform["kafka"].RestartAsync(Patience, Stop);
        await test.Platform[absent].StartAsync(Stop);

        await AssertEndsOnceAsync(user, id);
    }

    [Fact]
    public async Task What_a_reborn_broker_has_forgotten_is_sent_again_at_once_and_not_only_when_it_has_stalled()
    {
        await using var test = await StartAsync(options => options.With("Sagas__StallTimeout", "01:00:00", "saga-orchestrator"));
        using var user = UserOf(test);
        await Task.WhenAll(test.Platform["saga-orchestrator"].StopAsync(Patience), test.Platform["result-processor"].StopAsync(Patience));
        var forgotten = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => user.SubmitAsync($"echo {i}", "bash")));
        await Eventually.SeesAsync(
            () => user.GetAsync("/health"), health => health.ToJsonString().Contains("\"0 events wait for Kafka.", StringComparison.Ordinal));

        await test.Platform["kafka"].RestartAsync(Patience, Stop);
        await Task.WhenAll(test.Platform["saga-orchestrator"].StartAsync(Stop), test.Platform["result-processor"].StartAsync(Stop));
        var telling = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => user.SubmitAsync($"echo {i}", "bash")));

        foreach (var id in forgotten.Concat(telling))
        {
            await AssertEndsOnceAsync(user, id);
        }
    }

    [Theory]
    [InlineData("saga-orchestrator")]
    [InlineData("result-processor")]
    public async Task A_consumer_killed_with_work_before_it_goes_on_where_it_was(string service)
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => user.SubmitAsync($"echo {i}", "bash")));
        await test.Platform[service].KillAsync();
        await test.Platform[service].StartAsync(Stop);

        foreach (var id in ids)
        {
            await AssertEndsOnceAsync(user, id);
        }
    }

    [Fact]
    public async Task A_worker_killed_in_mid_run_is_replaced_and_its_run_repeated_once()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        var id = await user.SubmitAsync("import time; time.sleep(2); print('done')");
        await user.GetInAsync(id, "running");

        await test.Platform["execution-worker"].KillAsync();
        await test.Platform["execution-worker"].StartAsync(Stop);

        var ended = await AssertEndsOnceAsync(user, id);
        Assert.Equal((2, "done\n"), (ended["attempts"]!.GetValue<int>(), ended["stdout"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_script_that_outlives_two_workers_fails_as_worker_lost_even_with_no_worker_left()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        var id = await user.SubmitAsync("import time; time.sleep(60)");
        await user.GetInAsync(id, "running");
        await test.Platform["execution-worker"].KillAsync();
        await test.Platform["execution-worker"].StartAsync(Stop);
        await Eventually.SeesAsync(() => user.GetAsync(id), e => e["attempts"]!.GetValue<int>() == 2, TimeSpan.FromSeconds(30));

        await test.Platform["execution-worker"].KillAsync();

        var ended = await AssertEndsOnceAsync(user, id, "failed");
        Assert.Equal("worker_lost", ended["error_type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_worker_that_was_stopped_past_its_lease_cannot_report_what_another_has_done_again()
    {
        await using var test = await StartAsync(options => options with
        {
            Replicas = new Dictionary<string, int> { ["execution-worker"] = 2 },
        });
        using var user = UserOf(test);
        var id = await user.SubmitAsync("import time; time.sleep(1); print('done')");
        var running = await user.GetInAsync(id, "running");
        var started = (await user.GetAsync($"/api/v1/executions/{id}/events"))["items"]![2]!;
        var zombie = test.Platform.All.Single(service =>
            service.Name.StartsWith("execution-worker", StringComparison.Ordinal)
            && started["data"]!["worker_id"]!.GetValue<string>().Contains($"-{service.ProcessId}-", StringComparison.Ordinal));
        zombie.Pause();
        Assert.Equal("running", running["status"]!.GetValue<string>());

        var ended = await AssertEndsOnceAsync(user, id);
        zombie.Continue();
        await Eventually.SeesAsync(
            () => Task.FromResult(zombie.Log.Lines.Any(line => line.Contains("Discarded attempt 1", StringComparison.Ordinal))),
            discarded => discarded, TimeSpan.FromSeconds(20));

        Assert.Equal(2, ended["attempts"]!.GetValue<int>());
        Assert.Equal(ended["timestamps"]!.ToJsonString(), (await user.GetAsync(id))["timestamps"]!.ToJsonString());
    }

    [Fact]
    public async Task A_worker_killed_after_storing_the_result_and_before_telling_leaves_the_rest_to_the_relay()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        var id = await user.SubmitAsync("import time; time.sleep(2)");
        await user.GetInAsync(id, "running");
        await test.Platform["kafka"].KillAsync();
        await user.GetInAsync(id, "completed");

        await test.Platform["execution-worker"].KillAsync();
        await test.Platform["kafka"].StartAsync(Stop);

        Assert.Equal(1, (await AssertEndsOnceAsync(user, id))["attempts"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_stop_gives_its_run_back_uncounted()
    {
        await using var test = await StartAsync(options => options.With("Executions__ShutdownGrace", "00:00:00.1", "execution-worker"));
        using var user = UserOf(test);
        var id = await user.SubmitAsync("import time; time.sleep(3); print('done')");
        await user.GetInAsync(id, "running");

        await test.Platform["execution-worker"].RestartAsync(TimeSpan.FromSeconds(10), Stop);

        await AssertEndsOnceAsync(user, id);
        Assert.Contains("execution.requeued", await user.ListEventTypesAsync(id));
    }

    [Fact]
    public async Task What_was_accepted_outlives_all_processes()
    {
        await using var test = await StartAsync(options => options with { Without = new HashSet<string> { "execution-worker" } });
        using var user = UserOf(test);
        var worker = test.Platform["execution-worker"];
        await worker.StartAsync(Stop);
        await worker.StopAsync(Patience);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => user.SubmitAsync($"echo {i}", "bash")));

        string[] services = ["integr8scode-backend", "saga-orchestrator", "result-processor", "kafka"];
        await Task.WhenAll(services.Select(service => test.Platform[service].KillAsync()));
        foreach (var service in services.Reverse())
        {
            await test.Platform[service].StartAsync(Stop);
        }

        await worker.StartAsync(Stop);
        foreach (var id in ids)
        {
            await AssertEndsOnceAsync(user, id);
        }
    }

    /// <summary>Waits until the execution has come as far as it can without the absent service, so that its message is with the broker only.</summary>
    private static Task<JsonNode> WaitForOutboxAsync(ApiUser user, Guid id, string absent) => absent switch
    {
        "saga-orchestrator" => user.GetInAsync(id, "queued"),
        "execution-worker" => user.GetInAsync(id, "scheduled"),
        _ => user.GetInAsync(id, "completed"),
    };
}
