using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Integr8sCode.Infrastructure;
using static Integr8sCode.Executions.CrashTestPlatform;

namespace Integr8sCode.Executions;

public sealed class FullDiskTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_writes_turns_health_red_and_loses_nothing_once_there_is_room_again()
    {
        using var disk = SmallDisk.TryMount(megabytes: 24);
        Assert.SkipUnless(disk is not null, "needs the right to mount a tmpfs");
        await using var test = await StartAsync(options => options with
        {
            DataFolder = disk.Folder,
            Without = new HashSet<string> { "trace-store" },
        });
        using var user = UserOf(test);
        var running = await user.SubmitAsync("sleep 2; echo done", "bash");
        await user.GetInAsync(running, "running");

        disk.Fill();
        var accepted = await SubmitUntilRefusedAsync(user);
        var outside = await RequestFromOutsideAsync(test.Platform.Kafka);
        await SeesUnhealthyAsync(test.Platform.Api, "store", "full");
        await SeesUnhealthyAsync(test.Platform["execution-worker"].Address, "store", "full");
        await SeesUnhealthyAsync(test.Platform["saga-orchestrator"].Address, "kafka", "wait for the store");
        Assert.Equal(HttpStatusCode.OK, (await user.Http.GetAsync($"/api/v1/executions/{running}", Stop)).StatusCode);

        disk.Empty();
        foreach (var id in accepted.Append(running).Append(outside))
        {
            await Eventually.SeesAsync(() => StatusAsync(user, id), status => status is HttpStatusCode.OK);
            await AssertEndsOnceAsync(user, id);
        }

        await AssertEndsOnceAsync(user, await user.SubmitAsync("echo 1", "bash"));
        Assert.All(test.Platform.All.Where(service => service.Name != "trace-store"), service => Assert.DoesNotContain(
            service.Log.Lines, line => line.Contains("ended with exit code", StringComparison.Ordinal)));
    }

    /// <returns>What was accepted nevertheless: the log of the store has some room of its own.</returns>
    private static async Task<List<Guid>> SubmitUntilRefusedAsync(ApiUser user)
    {
        var accepted = new List<Guid>();
        using var refused = await Eventually.SeesAsync(
            async () =>
            {
                var answer = await user.PostAsync("/api/v1/execute", new { script = "echo 1", language = "bash" });
                if (answer.StatusCode is HttpStatusCode.Accepted)
                {
                    accepted.Add((await ApiUser.ReadAsync(answer))["execution_id"]!.GetValue<Guid>());
                }

                return answer;
            },
            answer => answer.StatusCode is HttpStatusCode.ServiceUnavailable);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);

        return accepted;
    }

    /// <summary>Gives the orchestrator a message that it cannot finish.</summary>
    private static async Task<Guid> RequestFromOutsideAsync(string kafka)
    {
        var id = Guid.CreateVersion7();
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = kafka }).Build();
        await producer.ProduceAsync("execution_events", new()
        {
            Key = id.ToString(),
            Value = $$"""
                {
                  "event_id": "{{Guid.CreateVersion7()}}", "type": "execution.requested", "version": 1, "time": "2026-01-01T00:00:00Z",
                  "execution_id": "{{id}}", "sequence": 1, "correlation_id": "from-outside", "user_id": "user", "service": "outside",
                  "data": { "script": "echo 1", "language": "bash" }
                }
                """,
        }, Stop);

        return id;
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiUser user, Guid id)
    {
        using var answer = await user.Http.GetAsync($"/api/v1/executions/{id}", Stop);
        return answer.StatusCode;
    }

    private static async Task SeesUnhealthyAsync(Uri service, string name, string reason)
    {
        using var http = new HttpClient();
        await Eventually.SeesAsync(() => HealthAsync(http, service), health => health["checks"]!.AsArray().Any(check =>
            check!["name"]!.GetValue<string>() == name && check["status"]!.GetValue<string>() == "Unhealthy"
            && $"{check["description"]}".Contains(reason, StringComparison.Ordinal)));
    }

    private static async Task<JsonNode> HealthAsync(HttpClient http, Uri service)
    {
        using var answer = await http.GetAsync(new Uri(service, "/health"), Stop);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
    }
}
