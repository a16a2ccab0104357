using System.Net;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Executions;

/// <summary>A platform without a broker: every event waits in the store, and soon there are too many.</summary>
public sealed class BackpressureTests
{
    private const int Cap = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Above_the_cap_executions_are_refused_until_the_broker_is_back_and_none_that_was_accepted_is_lost()
    {
        await using var test = await StartAsync();
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);

        var accepted = await SubmitUntilRefusedAsync(user);
        Assert.InRange(accepted.Count, Cap + 1, int.MaxValue);
        await AssertRefusedAsync(await user.PostAsync("/execute", new { script = "echo 1", language = "bash" }));
        await AssertRefusedAsync(await user.PostAsync($"/api/v1/executions/{accepted[0]}/retry"));
        Assert.Equal("Degraded", (await BacklogAsync(user))["status"]!.GetValue<string>());
        Assert.Equal("queued", (await user.GetAsync(accepted[0]))["status"]!.GetValue<string>()); // reading goes on

        await test.Platform["kafka"].StartAsync(Stop);
        await test.Platform["saga-orchestrator"].StartAsync(Stop);
        await test.Platform["result-processor"].StartAsync(Stop);
        foreach (var id in accepted)
        {
            await user.GetEndedAsync(id);
        }

        await Eventually.SeesAsync(() => BacklogAsync(user), backlog => backlog["status"]!.GetValue<string>() == "Healthy");
        await user.GetEndedAsync(await user.SubmitAsync("echo 1", "bash"));
    }

    private static Task<PlatformUnderTest> StartAsync() => PlatformUnderTest.StartAsync(
        options => PlatformUnderTest.MainFlowOnly(options.With("Submissions__BacklogCap", $"{Cap}", Services.Backend) with
        {
            Without = new HashSet<string> { "kafka", "trace-store", "saga-orchestrator", "result-processor" },
        }),
        Stop);

    private static async Task<List<Guid>> SubmitUntilRefusedAsync(ApiUser user)
    {
        var accepted = new List<Guid>();
        await Eventually.HoldsAsync(async () =>
        {
            using var answer = await user.PostAsync("/api/v1/execute", new { script = "echo 1", language = "bash" });
            if (answer.StatusCode is HttpStatusCode.Accepted)
            {
                accepted.Add((await ApiUser.ReadAsync(answer))["execution_id"]!.GetValue<Guid>());
            }

            return answer.StatusCode is HttpStatusCode.ServiceUnavailable;
        });

        return accepted;
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.NotNull(answer.Headers.RetryAfter?.Delta);
            Assert.Contains("Kafka", (await ApiUser.ReadAsync(answer))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonNode> BacklogAsync(ApiUser user) =>
        (await user.GetAsync("/health"))["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == "backlog")!;
}
