using System.Net;

namespace Integr8sCode.Traces;

public sealed class JaegerV3Tests : IAsyncLifetime
{
    private const string Id = "0af7651916cd43dd8448eb211c80319c";
    private const string Range = "query.startTimeMin=2025-10-09T00:00:00Z&query.startTimeMax=2025-10-10T00:00:00.123456789Z";

    private RunningTraceStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await RunningTraceStore.StartAsync();
        await _store.SendAsync(SentSpan.Request(
            new SentSpan(Id, "00f067aa0ba902b7", "POST /run") { Service = "api", Kind = 2, Duration = 4_000_000, Tags = [("n", 9_007_199_254_740_993L), ("yes", true), ("x", 0.5)] },
            new SentSpan(Id, "00f067aa0ba902b8", "run") { ParentId = "00f067aa0ba902b7", Status = 2, Scope = "Integr8sCode" },
            new SentSpan(Id, "00f067aa0ba902b9", "lost") { ParentId = "ffffffffffffffff", Scope = "Integr8sCode" }));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public Task A_trace_is_told_as_OTLP() => _store.AnswersAsync($"/api/v3/traces/{Id}", Trace);

    [Fact]
    public Task A_search_tells_whole_traces() => _store.AnswersAsync($"/api/v3/traces?{Range}&query.serviceName=api&query.attributes=%7B%22yes%22:%22true%22%7D", Trace);

    [Fact]
    public Task Names_with_underscores_are_understood_too() => _store.AnswersAsync(
        "/api/v3/traces?query.start_time_min=2025-10-09T00:00:00Z&query.start_time_max=2025-10-10T00:00:00Z&query.service_name=api", Trace);

    [Fact]
    public Task Summaries() => _store.AnswersAsync($"/api/v3/trace-summaries?{Range}&query.searchDepth=20&query.durationMin=1ms", """
        {"summaries":[{"traceId":"0af7651916cd43dd8448eb211c80319c","rootServiceName":"api","rootOperationName":"POST /run",
        "minStartTimeUnixNano":"1760000000000000000","maxEndTimeUnixNano":"1760000000004000000","spanCount":3,"errorSpanCount":1,"orphanSpanCount":1,
        "services":[{"name":"api","spanCount":1,"errorSpanCount":0},{"name":"worker","spanCount":2,"errorSpanCount":1}],"traceID":"0af7651916cd43dd8448eb211c80319c"}]}
        """);

    [Fact]
    public Task Services() => _store.AnswersAsync("/api/v3/services", """{"services":["api","worker"]}""");

    [Fact]
    public Task Operations() => _store.AnswersAsync(
        "/api/v3/operations?service=worker", """{"operations":[{"name":"lost","spanKind":"internal"},{"name":"run","spanKind":"internal"}]}""");

    [Fact]
    public Task An_unknown_trace_is_404() => _store.AnswersAsync(
        "/api/v3/traces/1", """{"error":{"httpCode":404,"message":"No traces found"}}""", HttpStatusCode.NotFound);

    private const string Trace = """
        {"result":{"resourceSpans":[
        {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},"scopeSpans":[{"scope":{},"spans":[
        {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b7","name":"POST /run","kind":2,
        "startTimeUnixNano":"1760000000000000000","endTimeUnixNano":"1760000000004000000",
        "attributes":[{"key":"n","value":{"intValue":"9007199254740993"}},{"key":"yes","value":{"boolValue":true}},{"key":"x","value":{"doubleValue":0.5}}],"status":{}}]}]},
        {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"worker"}}]},"scopeSpans":[{"scope":{"name":"Integr8sCode"},"spans":[
        {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b8","parentSpanId":"00f067aa0ba902b7","name":"run",
        "startTimeUnixNano":"1760000000000000000","endTimeUnixNano":"1760000000001000000","status":{"code":2}},
        {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b9","parentSpanId":"ffffffffffffffff","name":"lost",
        "startTimeUnixNano":"1760000000000000000","endTimeUnixNano":"1760000000001000000","status":{}}]}]}]}}
        """;
}
