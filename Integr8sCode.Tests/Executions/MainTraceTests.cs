using System.Diagnostics;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Executions;

/// <summary>The promise of the project, read from exported spans: one trace from the request to the stored result.</summary>
[Collection<SharedPlatform>]
public sealed class MainTraceTests : IDisposable
{
    private readonly LocalPlatform _platform;
    private readonly ApiUser _user;
    private readonly TraceReader _traces;

    public MainTraceTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, _platform.Keys.User);
        _traces = new(_platform.Traces);
    }

    [Fact]
    public async Task One_execution_is_one_trace_with_the_exact_chain_from_request_to_stored_result()
    {
        var spans = await RunAndReadAsync();
        var byId = spans.ToDictionary(span => span.SpanId);
        var stored = spans.Single(span => span is { Kind: "client", Service: "result-processor" } && span.Text("event.type") == "result.stored");

        var chain = new List<string>();
        for (var span = stored; span is not null; span = span.ParentId is null ? null : byId[span.ParentId])
        {
            chain.Insert(0, Describe(span));
        }

        Assert.Equal(
            [
                "integr8scode-backend POST /api/v1/execute server",
                "integr8scode-backend kafka.publish producer execution.requested",
                "saga-orchestrator kafka.consume consumer execution.requested",
                "saga-orchestrator saga.step internal schedule",
                "saga-orchestrator kafka.publish producer execution.scheduled",
                "execution-worker kafka.consume consumer execution.scheduled",
                "execution-worker sandbox.run internal",
                "execution-worker kafka.publish producer execution.completed",
                "result-processor kafka.consume consumer execution.completed",
                "result-processor UPDATE executions client result.stored",
            ],
            chain);
    }

    [Fact]
    public async Task No_span_is_an_orphan_and_only_the_request_has_no_parent()
    {
        var spans = await RunAndReadAsync();
        var ids = spans.Select(span => span.SpanId).ToHashSet();

        Assert.DoesNotContain(spans, span => span.ParentId is not null && !ids.Contains(span.ParentId));
        Assert.Equal("POST /api/v1/execute", Assert.Single(spans, span => span.ParentId is null).Name);
    }

    [Fact]
    public async Task A_group_consumes_only_what_it_does_something_about()
    {
        var consumed = (await RunAndReadAsync()).Where(span => span.Name == "kafka.consume")
            .Select(span => $"{span.Service} {span.Text("event.type")}");

        Assert.Equal(
            [
                "execution-worker execution.scheduled",
                "result-processor execution.completed",
                "saga-orchestrator execution.completed",
                "saga-orchestrator execution.requested",
            ],
            consumed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_span_says_what_the_contract_promises()
    {
        var spans = await RunAndReadAsync();

        Has(spans, "POST /api/v1/execute",
            "http.request.method", "http.route", "http.response.status_code", "url.path", "user.id", "client.address",
            "execution.id", "execution.language", "execution.script_length", "correlation.id");
        Has(spans, "kafka.publish",
            "messaging.system", "messaging.operation.name", "messaging.operation.type", "messaging.destination.name",
            "messaging.destination.partition.id", "messaging.kafka.offset", "messaging.kafka.message.key", "messaging.message.body.size",
            "messaging.message.id", "event.id", "event.type", "execution.id");
        Has(spans, "kafka.consume",
            "messaging.system", "messaging.operation.name", "messaging.operation.type", "messaging.destination.name",
            "messaging.destination.partition.id", "messaging.kafka.offset", "messaging.consumer.group.name", "messaging.message.body.size",
            "event.id", "event.type", "execution.id");
        Has(spans, "saga.step", "saga.id", "saga.name", "saga.step", "saga.compensating", "execution.id");
        Has(spans, "sandbox.run",
            "execution.id", "execution.language", "execution.attempt", "sandbox.outcome", "sandbox.exit_code", "sandbox.queue_seconds",
            "sandbox.start_seconds", "sandbox.run_seconds", "sandbox.stdout_bytes", "sandbox.stderr_bytes",
            "sandbox.limit.wall_seconds", "sandbox.limit.cpu_seconds", "sandbox.limit.memory_bytes", "sandbox.limit.processes",
            "sandbox.limit.output_bytes", "sandbox.limit.temporary_disk_bytes", "sandbox.limit.open_files", "sandbox.limit.file_size_bytes");
        Has(spans.Where(span => span.Kind == "client"), null, "db.system.name", "db.operation.name", "db.collection.name");
    }

    [Fact]
    public async Task A_callers_trace_is_continued()
    {
        const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/execute")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { script = "print(1)", language = "python" }),
            Headers = { { "traceparent", Caller } },
        };
        using var response = await _user.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", (await ApiUser.ReadAsync(response))["trace_id"]!.GetValue<string>());
        var spans = await _traces.ReadWhenAsync("0af7651916cd43dd8448eb211c80319c", seen =>
            seen.Any(span => span.Name == "sandbox.run") && seen.Any(span => span.Name == "POST /api/v1/execute"));
        Assert.Contains(spans, span => span is { Name: "POST /api/v1/execute", ParentId: "b7ad6b7169203331" });
    }

    [Fact]
    public async Task A_repeated_request_s_span_names_the_execution_that_there_is()
    {
        var key = Guid.CreateVersion7().ToString();
        var first = await SubmitAsync(key, ActivityTraceId.CreateRandom());
        var trace = ActivityTraceId.CreateRandom();

        Assert.Equal(first, await SubmitAsync(key, trace));

        var spans = await _traces.ReadAsync(trace.ToString(), span => span.Kind == "server");
        Assert.Equal(first.ToString(), spans.Single(span => span.Kind == "server").Text("execution.id"));
    }

    [Fact]
    public async Task Health_probes_leave_no_span()
    {
        await RunAndReadAsync();
        using var probe = await _user.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        await RunAndReadAsync();

        foreach (var service in (await _traces.GetAsync("/api/services"))["data"]!.AsArray().Select(name => name!.GetValue<string>()))
        {
            var operations = await _traces.GetAsync($"/api/services/{service}/operations");
            Assert.DoesNotContain(operations["data"]!.AsArray(), name => name!.GetValue<string>().Contains("health", StringComparison.Ordinal));
        }
    }

    public void Dispose()
    {
        _user.Dispose();
        _traces.Dispose();
    }

    private async Task<Guid> SubmitAsync(string key, ActivityTraceId trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/execute")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { script = "print(1)", language = "python" }),
            Headers = { { "Idempotency-Key", key }, { "traceparent", $"00-{trace}-b7ad6b7169203331-01" } },
        };
        using var response = await _user.Http.SendAsync(request, TestContext.Current.CancellationToken);

        return (await ApiUser.ReadAsync(response))["execution_id"]!.GetValue<Guid>();
    }

    private async Task<IReadOnlyList<StoredSpan>> RunAndReadAsync()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("print(6*7)"));

        return await _traces.ReadWhenAsync(ended["trace_id"]!.GetValue<string>(), IsComplete);
    }

    /// <summary>The last spans to arrive: the stored result's publication and the saga's end.</summary>
    private static bool IsComplete(IReadOnlyList<StoredSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Any(span => span.Name == "kafka.publish" && span.Text("event.type") == "result.stored")
            && spans.Any(span => span.Text("saga.step") == "await_outcome")
            && spans.All(span => span.ParentId is null || ids.Contains(span.ParentId));
    }

    private static string Describe(StoredSpan span) => string.Join(' ', new[]
    {
        span.Service, span.Name, span.Kind, span.Name == "sandbox.run" ? null : span.Text("event.type") ?? span.Text("saga.step"),
    }.Where(part => part is not null));

    private static void Has(IEnumerable<StoredSpan> spans, string? name, params string[] keys)
    {
        var named = spans.Where(span => name is null || span.Name == name).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, span => Assert.Superset(keys.ToHashSet(), span.Tags.Keys.ToHashSet()));
    }
}
