using System.Net;
using System.Text.Json.Nodes;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Replays;

/// <summary>Replays into the running platform.</summary>
[Collection<SharedPlatform>]
public sealed class ReplayTests : IDisposable
{
    private static readonly string[] Story =
        [EventTypes.ExecutionRequested, EventTypes.ExecutionScheduled, EventTypes.ExecutionStarted, EventTypes.ExecutionCompleted, EventTypes.ResultStored];

    private readonly LocalPlatform _platform;
    private readonly ApiUser _user;
    private readonly ReplayUser _replays;
    private readonly TraceReader _traces;

    public ReplayTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, _platform.Keys.User);
        _replays = new(_platform);
        _traces = new(_platform.Traces);
    }

    [Fact]
    public async Task A_replay_repeats_the_messages_and_changes_nothing()
    {
        var before = await _user.GetEndedAsync(await _user.SubmitAsync("print(1)"));
        var id = before["execution_id"]!.GetValue<Guid>();
        var events = (await _user.GetAsync($"/api/v1/executions/{id}/events"))["items"]!.AsArray();

        var session = await _replays.StartAsync(new { filter = new { execution_id = id } });
        var done = await _replays.GetInAsync(session, "completed");

        Assert.Equal((5, 5, 0, 0), Counts(done));
        var messages = ReplayedOnKafka.Of(_platform.Kafka, session);
        Assert.Equal(
            events.Select(e => e!["event_id"]!.GetValue<string>()).Order(StringComparer.Ordinal),
            ReplayedOnKafka.EventIdsOf(messages).Order(StringComparer.Ordinal));
        Assert.All(messages, message => Assert.Equal(id.ToString(), message.Key));
        Assert.Equal(before.ToJsonString(), (await _user.GetAsync(id)).ToJsonString());
        Assert.Equal(Story, await _user.ListEventTypesAsync(id));
        Assert.DoesNotContain(await ListAsync(), execution => execution!["retry_of"]?.GetValue<Guid>() == id);
    }

    [Fact]
    public async Task Each_publication_is_in_the_events_own_trace_and_linked_to_the_sessions_which_is_a_trace_of_its_own()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("print(1)"));
        var traceId = ended["trace_id"]!.GetValue<string>();
        var session = await _replays.StartAsync(new { filter = new { execution_id = ended["execution_id"]!.GetValue<Guid>() } });

        var spans = await _traces.ReadWhenAsync(traceId, seen =>
            seen.Count(span => span.Name == "replay.publish") == Story.Length && seen.Any(IsReplayed("result-processor"))
                && seen.All(span => span.ParentId is null || seen.Any(parent => parent.SpanId == span.ParentId)));

        var published = spans.Where(span => span.Name == "replay.publish").ToList();
        Assert.Equal(Story.Order(StringComparer.Ordinal), published.Select(span => span.Text("event.type")!).Order(StringComparer.Ordinal));
        Assert.All(published, span =>
        {
            Assert.Equal(("event-replay", "producer", $"{session}"), (span.Service, span.Kind, span.Text("replay.session_id")));
            Assert.Contains(spans, parent => parent.SpanId == span.ParentId && parent.Name != "replay.publish");
            Assert.NotNull(span.Text("messaging.kafka.offset"));
        });
        var consumed = Assert.Single(spans, IsReplayed("result-processor").Invoke);
        Assert.Contains(published, span => span.SpanId == consumed.ParentId && span.Text("event.type") == EventTypes.ExecutionCompleted);
        Assert.DoesNotContain(spans, span => IsReplayed("saga-orchestrator")(span) || IsReplayed("execution-worker")(span));

        var link = Assert.Single(published.SelectMany(span => span.Links).Distinct());
        Assert.NotEqual(traceId, link.Split('/')[0]);
        var own = await _traces.ReadAsync(link.Split('/')[0], span => span.Name == "replay.session");
        var slice = Assert.Single(own);
        Assert.Equal(
            ("replay.session", "event-replay", link.Split('/')[1], null, "5", "completed"),
            (slice.Name, slice.Service, slice.SpanId, slice.ParentId, slice.Text("replay.events.replayed"), slice.Text("replay.status")));
        Assert.Contains(
            await _traces.ReadAsync(Assert.Single(slice.Links).Split('/')[0], span => span.Kind == "server"),
            span => span.Name == "POST /api/v1/admin/replays/{id}/start");
    }

    [Fact]
    public async Task A_dry_run_counts_and_publishes_nothing()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("print(1)"));
        var session = await _replays.StartAsync(new
        {
            filter = new { execution_id = ended["execution_id"]!.GetValue<Guid>(), event_types = Story[..2] },
            dry_run = true,
            reexecute = true,
        });

        Assert.Equal((2, 2, 0, 0), Counts(await _replays.GetInAsync(session, "completed")));
        Assert.Empty(ReplayedOnKafka.Of(_platform.Kafka, session));
        Assert.DoesNotContain(
            await _traces.FindAsync(ended["trace_id"]!.GetValue<string>()), span => span.Name == "replay.publish");
    }

    [Fact]
    public async Task Target_topics_get_every_event_and_a_limit_ends_the_session()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("print(1)"));
        var session = await _replays.StartAsync(new
        {
            filter = new { execution_id = ended["execution_id"]!.GetValue<Guid>() },
            target_topics = new[] { "notification_events", "execution_tasks" },
            max_events = 3,
        });

        Assert.Equal((3, 3, 0, 0), Counts(await _replays.GetInAsync(session, "completed")));
        Assert.Equal(Story[..3], ReplayedOnKafka.TypesOf(ReplayedOnKafka.Of(_platform.Kafka, session, "notification_events")));
        Assert.Equal(Story[..3], ReplayedOnKafka.TypesOf(ReplayedOnKafka.Of(_platform.Kafka, session, "execution_tasks")));
        Assert.Empty(ReplayedOnKafka.Of(_platform.Kafka, session, "execution_events"));
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_fails_the_session_and_says_so()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("print(1)"));
        var session = await _replays.StartAsync(new
        {
            filter = new { execution_id = ended["execution_id"]!.GetValue<Guid>() },
            target_topics = new[] { "no-such-topic" },
        });

        var failed = await _replays.GetInAsync(session, "failed");

        Assert.Contains("no-such-topic", failed["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, ReplayUser.CountOf(failed));
    }

    [Theory]
    [InlineData("dead_letter_queue")]
    [InlineData("trace_keep")]
    public async Task Nothing_is_replayed_into_a_topic_of_ours_that_is_not_for_events(string topic)
    {
        using var response = await _replays.Admin.PostAsync("/api/v1/admin/replays", new { target_topics = new[] { topic } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]!["target_topics[0]"]);
    }

    [Fact]
    public async Task Scripts_run_again_where_the_session_says_so_once_and_inside_the_old_trace()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("print('again')"));
        var id = ended["execution_id"]!.GetValue<Guid>();
        var requested = (await _user.GetAsync($"/api/v1/executions/{id}/events"))["items"]![0]!["event_id"]!.GetValue<Guid>();

        var session = await _replays.StartAsync(new
        {
            filter = new { execution_id = id, event_types = new[] { EventTypes.ExecutionRequested } },
            reexecute = true,
        });

        Assert.Equal((1, 0, 1, 0), Counts(await _replays.GetInAsync(session, "completed")));
        var again = await _user.GetEndedAsync(ReplayId.Of(session, requested));
        Assert.Equal((id, "again\n", "completed"), (again["retry_of"]!.GetValue<Guid>(), again["stdout"]!.GetValue<string>(), again["status"]!.GetValue<string>()));
        Assert.Equal(Story, await _user.ListEventTypesAsync(again["execution_id"]!.GetValue<Guid>()));
        Assert.Equal(ended["trace_id"]!.GetValue<string>(), again["trace_id"]!.GetValue<string>());
        Assert.Single(await ListAsync(), execution => execution!["retry_of"]?.GetValue<Guid>() == id);

        var spans = await _traces.ReadWhenAsync(again["trace_id"]!.GetValue<string>(), seen =>
            seen.Count(span => span.Name == "sandbox.run") == 2
            && seen.FirstOrDefault(span => span.Name == "replay.publish") is { } replayed
            && seen.Any(span => span.Name == "kafka.publish" && span.ParentId == replayed.SpanId));
        var published = Assert.Single(spans, span => span.Name == "replay.publish");
        Assert.Equal(again["execution_id"]!.GetValue<string>(), published.Text("replay.execution.id"));
        Assert.Single(published.Links);
    }

    [Fact]
    public async Task The_recorded_pauses_are_kept_and_a_paused_session_goes_on_where_it_stopped()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("import time; time.sleep(1)"));
        var session = await _replays.StartAsync(new { filter = new { execution_id = ended["execution_id"]!.GetValue<Guid>() }, speed = 0.1 });
        await _replays.GetReplayedAsync(session, 3); // the end of the script is 10 s away

        await _replays.MoveAsync(session, "pause");
        Assert.Equal(3, ReplayUser.CountOf(await _replays.GetInAsync(session, "paused")));
        Assert.Equal(Story[..3].Order(StringComparer.Ordinal), ReplayedOnKafka.TypesOf(ReplayedOnKafka.Of(_platform.Kafka, session)).Order(StringComparer.Ordinal));
        await _replays.MoveAsync(session, "resume");

        Assert.Equal((5, 5, 0, 0), Counts(await _replays.GetInAsync(session, "completed")));
        Assert.Equal(Story.Order(StringComparer.Ordinal), ReplayedOnKafka.TypesOf(ReplayedOnKafka.Of(_platform.Kafka, session)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_session_is_left_by_its_replayer_and_can_be_deleted()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("import time; time.sleep(1)"));
        var session = await _replays.StartAsync(new { filter = new { execution_id = ended["execution_id"]!.GetValue<Guid>() }, speed = 0.01 });
        await _replays.GetReplayedAsync(session, 3);
        Assert.Equal(HttpStatusCode.Conflict, await _replays.DeleteAsync(session));

        await _replays.MoveAsync(session, "cancel");
        await Eventually.SeesAsync(() => _replays.DeleteAsync(session), status => status is HttpStatusCode.NoContent, TimeSpan.FromSeconds(9));

        Assert.Equal(HttpStatusCode.NotFound, await _replays.DeleteAsync(session));
        Assert.Equal(3, ReplayedOnKafka.Of(_platform.Kafka, session).Count);
    }

    [Fact]
    public async Task Progress_is_streamed_until_the_session_ends()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("print(1)"));
        var session = await _replays.CreateAsync(new { filter = new { execution_id = ended["execution_id"]!.GetValue<Guid>() } });
        using var response = await _replays.Admin.Http.GetAsync(
            $"/api/v1/admin/replays/{session}/progress", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        await _replays.MoveAsync(session, "start");

        var stream = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var told = stream.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[6..])!).ToList();
        Assert.Equal("created", told[0]["status"]!.GetValue<string>());
        Assert.Equal(("completed", 5), (told[^1]["status"]!.GetValue<string>(), ReplayUser.CountOf(told[^1])));
        Assert.Equal(told.Select(replay => ReplayUser.CountOf(replay)).Order(), told.Select(replay => ReplayUser.CountOf(replay)));
        Assert.StartsWith("retry: ", stream, StringComparison.Ordinal); // as every stream of the API
        var last = stream.Split('\n').Last(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];
        using var after = await _replays.Admin.OpenStreamAsync($"/api/v1/admin/replays/{session}/progress", last);
        Assert.Equal(HttpStatusCode.NoContent, after.StatusCode);
    }

    public void Dispose()
    {
        _user.Dispose();
        _replays.Dispose();
        _traces.Dispose();
    }

    private static Func<StoredSpan, bool> IsReplayed(string service) => span =>
        span.Name == "kafka.consume" && span.Service == service && span.Text("replay.session_id") is not null;

    private static (long Total, long Replayed, long Reexecuted, long Remaining) Counts(JsonNode replay) => (
        ReplayUser.CountOf(replay, "total"), ReplayUser.CountOf(replay), ReplayUser.CountOf(replay, "reexecuted"),
        ReplayUser.CountOf(replay, "remaining"));

    private async Task<JsonArray> ListAsync() => (await _user.GetAsync("/api/v1/executions?limit=200"))["items"]!.AsArray();
}
