using System.Net;
using System.Net.Http.Json;
using Confluent.Kafka;
using Integr8sCode.AppHost;
using Integr8sCode.Infrastructure;
using Integr8sCode.Sqlite;
using static Integr8sCode.Executions.CrashTestPlatform;

namespace Integr8sCode.Executions;

/// <summary>
/// Kills a process exactly between two of its steps: while the test holds the store's lock, no step that writes can be taken.
/// </summary>
public sealed class CrashPointTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_api_killed_before_its_commit_has_promised_nothing_and_the_repeated_request_is_the_first()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        Task<HttpResponseMessage> unanswered;
        using (Lock(test))
        {
            unanswered = SubmitAsync(user, "key");
            await WaitUntilWaitingForLockAsync(test, "integr8scode-backend");
            await test.Platform["integr8scode-backend"].KillAsync();
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => unanswered);
        await test.Platform["integr8scode-backend"].StartAsync(Stop);
        Assert.Empty((await user.GetAsync("/api/v1/executions"))["items"]!.AsArray());

        using var repeated = await SubmitAsync(user, "key");
        Assert.Equal(HttpStatusCode.Accepted, repeated.StatusCode);
        await AssertEndsOnceAsync(user, Guid.Parse((await ApiUser.ReadAsync(repeated))["execution_id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_api_killed_after_its_commit_answers_the_repeated_request_with_the_first_execution()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        using var first = await SubmitAsync(user, "key");
        var id = (await ApiUser.ReadAsync(first))["execution_id"]!.GetValue<Guid>();
        await test.Platform["integr8scode-backend"].KillAsync();
        await test.Platform["integr8scode-backend"].StartAsync(Stop);

        using var repeated = await SubmitAsync(user, "key");

        Assert.Equal(id, (await ApiUser.ReadAsync(repeated))["execution_id"]!.GetValue<Guid>());
        await AssertEndsOnceAsync(user, id);
    }

    [Fact]
    public async Task An_event_that_was_acknowledged_but_not_marked_is_sent_twice_and_handled_once()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        test.Platform["kafka"].Pause();
        var id = await user.SubmitAsync("echo 1", "bash");
        using (Lock(test))
        {
            test.Platform["kafka"].Continue();
            WaitForMessages(test, id, count: 1);
            await test.Platform["integr8scode-backend"].KillAsync();
        }

        await test.Platform["integr8scode-backend"].StartAsync(Stop);
        WaitForMessages(test, id, count: 2);
        await AssertEndsOnceAsync(user, id);
    }

    [Theory]
    [InlineData("saga-orchestrator")]
    [InlineData("result-processor")]
    public async Task A_consumer_killed_before_its_write_handles_the_message_again(string service)
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        test.Platform[service].Pause();
        var id = await user.SubmitAsync("echo 1", "bash");
        await user.GetInAsync(id, service == "saga-orchestrator" ? "queued" : "completed");
        using (Lock(test))
        {
            test.Platform[service].Continue();
            await WaitUntilWaitingForLockAsync(test, service);
            await test.Platform[service].KillAsync();
        }

        await test.Platform[service].StartAsync(Stop);
        await AssertEndsOnceAsync(user, id);
    }

    [Theory]
    [InlineData("saga-orchestrator", "scheduled")]
    [InlineData("result-processor", null)]
    public async Task A_consumer_killed_after_its_write_and_before_its_offset_changes_nothing_twice(string service, string? reached)
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        var id = await user.SubmitAsync("import time; time.sleep(1)");
        if (reached is null)
        {
            await user.GetEndedAsync(id);
        }
        else
        {
            await Eventually.SeesAsync(() => user.ListEventTypesAsync(id), types => types.Contains("execution.scheduled"), Limit);
        }

        await test.Platform[service].KillAsync();
        await test.Platform[service].StartAsync(Stop);

        await AssertEndsOnceAsync(user, id);
    }

    [Fact]
    public async Task A_worker_killed_between_the_scripts_end_and_the_report_runs_it_again()
    {
        await using var test = await StartAsync();
        using var user = UserOf(test);
        var marker = Guid.CreateVersion7().ToString();
        var id = await user.SubmitAsync(
            new { script = "sleep 1; echo done", language = "bash", args = new[] { marker } });
        await Eventually.SeesAsync(() => Task.FromResult(LinuxProcess.Naming(marker)), alive => alive.Count > 0, Limit);
        using (Lock(test))
        {
            await Eventually.SeesAsync(() => Task.FromResult(LinuxProcess.Naming(marker)), alive => alive.Count == 0, Limit);
            await test.Platform["execution-worker"].KillAsync();
        }

        await test.Platform["execution-worker"].StartAsync(Stop);
        var ended = await AssertEndsOnceAsync(user, id);
        Assert.Equal((2, "done\n"), (ended["attempts"]!.GetValue<int>(), ended["stdout"]!.GetValue<string>()));
    }

    private static HeldLock Lock(PlatformUnderTest test) => new(test.Platform.Database + ".lock");

    private static async Task<HttpResponseMessage> SubmitAsync(ApiUser user, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/execute")
        {
            Content = JsonContent.Create(new { script = "echo 1", language = "bash" }),
            Headers = { { "Idempotency-Key", key } },
        };

        return await user.Http.SendAsync(request, Stop);
    }

    /// <summary>A process that wants to write hangs in the kernel's flock, and /proc/locks shows it as a waiter.</summary>
    private static Task<string[]> WaitUntilWaitingForLockAsync(PlatformUnderTest test, string service) => Eventually.SeesAsync(
        () => File.ReadAllLinesAsync("/proc/locks", Stop),
        locks => locks.Any(line => line.Contains("->", StringComparison.Ordinal)
            && line.Contains("FLOCK", StringComparison.Ordinal)
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains($"{test.Platform[service].ProcessId}")),
        Limit);

    /// <summary>Reads the topic from its beginning until the request's message has been there that often.</summary>
    private static void WaitForMessages(PlatformUnderTest test, Guid id, int count)
    {
        using var consumer = new ConsumerBuilder<string, Ignore>(new ConsumerConfig
        {
            BootstrapServers = test.Platform.Kafka,
            GroupId = $"test-{Guid.CreateVersion7()}",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchWaitMaxMs = 5,
        }).Build();
        consumer.Subscribe("execution_events");
        using var limit = new CancellationTokenSource(Limit);
        for (var seen = 0; seen < count;)
        {
            var record = consumer.Consume(limit.Token);
            var type = System.Text.Encoding.UTF8.GetString(record.Message.Headers.Single(h => h.Key == "event_type").GetValueBytes());
            seen += record.Message.Key == id.ToString() && type == "execution.requested" ? 1 : 0;
        }

        consumer.Close();
    }

    private sealed class HeldLock : IDisposable
    {
        private readonly FileLock _file;
        private readonly FileLock.Holder _holder;

        public HeldLock(string path)
        {
            _file = new(path);
            _holder = _file.Acquire();
        }

        public void Dispose()
        {
            _holder.Dispose();
            _file.Dispose();
        }
    }
}
