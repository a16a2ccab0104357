using System.Net;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Replays;

/// <summary>Two replayers that take one session each, and lose one of them.</summary>
public sealed class ReplayCrashTests
{
    private const int Executions = 10;
    private const int Events = 5 * Executions;

    [Fact]
    public async Task Two_replayers_share_the_sessions_and_what_a_killed_one_leaves_is_finished_without_a_double()
    {
        await using var test = await PlatformUnderTest.StartAsync(
            options => (options with { Replicas = new Dictionary<string, int> { ["event-replay"] = 2 } })
                .With("Replays__MaxSessions", "1", "event-replay")
                .With("Replays__Lease", "00:00:02", "event-replay"),
            TestContext.Current.CancellationToken);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);
        using var replays = new ReplayUser(test.Platform);
        for (var i = 0; i < Executions; i++)
        {
            await user.GetEndedAsync(await user.SubmitAsync($"echo {i}", "bash"));
        }

        // One process works on one session at a time, so two that are on their way are worked on by two.
        var first = await replays.StartAsync(new { speed = 0.25 });
        var second = await replays.StartAsync(new { speed = 0.25 });
        await Eventually.HoldsAsync(async () => IsUnderWay(await replays.GetAsync(first)) && IsUnderWay(await replays.GetAsync(second)));
        await test.Platform["event-replay-1"].KillAsync();

        foreach (var session in new[] { first, second })
        {
            var completed = await replays.GetInAsync(session, "completed");
            var replayed = ReplayedOnKafka.EventIdsOf(ReplayedOnKafka.Of(test.Platform.Kafka, session)).ToList();
            Assert.Equal((Events, 0L), (ReplayUser.CountOf(completed), ReplayUser.CountOf(completed, "remaining")));
            Assert.Equal(Events, replayed.Count);
            Assert.Distinct(replayed);
        }

        Assert.Equal(HttpStatusCode.NoContent, await replays.DeleteAsync(first));
    }

    private static bool IsUnderWay(JsonNode replay) =>
        replay["status"]!.GetValue<string>() == "running" && ReplayUser.CountOf(replay) is > 3 and < Events - 3;
}
