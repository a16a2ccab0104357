using System.Net;

namespace Integr8sCode.Traces;

public sealed class JaegerV1Tests : IAsyncLifetime
{
    private const string Id = "0af7651916cd43dd8448eb211c80319c", Other = "4bf92f3577b34da6a3ce929d0e0e4736";

    private RunningTraceStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await RunningTraceStore.StartAsync();
        await _store.SendAsync(SentSpan.Request(
            new SentSpan(Id, "00f067aa0ba902b7", "POST /run") { Service = "api", Kind = 2, Duration = 4_381_999, Resource = [("service.instance.id", "a1")] },
            new SentSpan(Id, "00f067aa0ba902b8", "run")
            {
                ParentId = "00f067aa0ba902b7",
                Kind = 5,
                Start = 1_760_000_000_001_000_000,
                Status = 2,
                Scope = "Integr8sCode",
                Events = ["exception"],
                Links = [(Other, "00f067aa0ba902b9")],
                Tags = [("n", 1L)],
            }));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public Task A_trace_is_told_exactly_as_Jaeger_does() => AnswersAsync($"/api/traces/{Id}", """
        {"data":[{"traceID":"0af7651916cd43dd8448eb211c80319c","spans":[
        {"traceID":"0af7651916cd43dd8448eb211c80319c","spanID":"00f067aa0ba902b7","operationName":"POST /run","references":[],"startTime":1760000000000000,"duration":4381,
        "tags":[{"key":"span.kind","type":"string","value":"server"}],"logs":[],"processID":"p1","warnings":null},
        {"traceID":"0af7651916cd43dd8448eb211c80319c","spanID":"00f067aa0ba902b8","operationName":"run","references":[
        {"refType":"CHILD_OF","traceID":"0af7651916cd43dd8448eb211c80319c","spanID":"00f067aa0ba902b7"},
        {"refType":"FOLLOWS_FROM","traceID":"4bf92f3577b34da6a3ce929d0e0e4736","spanID":"00f067aa0ba902b9"}],"startTime":1760000000001000,"duration":1000,
        "tags":[{"key":"n","type":"int64","value":1},{"key":"span.kind","type":"string","value":"consumer"},{"key":"otel.status_code","type":"string","value":"ERROR"},
        {"key":"error","type":"bool","value":true},{"key":"otel.scope.name","type":"string","value":"Integr8sCode"}],
        "logs":[{"timestamp":1760000000001000,"fields":[{"key":"event","type":"string","value":"exception"}]}],"processID":"p2","warnings":null}],
        "processes":{"p1":{"serviceName":"api","tags":[{"key":"service.instance.id","type":"string","value":"a1"}]},"p2":{"serviceName":"worker","tags":[]}},"warnings":null}],
        "total":1,"limit":0,"offset":0,"errors":null}
        """);

    [Fact]
    public Task Services() => AnswersAsync("/api/services", """{"data":["api","worker"],"total":2,"limit":0,"offset":0,"errors":null}""");

    [Fact]
    public Task Operations_of_a_service() => AnswersAsync("/api/services/api/operations", """{"data":["POST /run"],"total":1,"limit":0,"offset":0,"errors":null}""");

    [Fact]
    public Task Operations_by_kind() => AnswersAsync(
        "/api/operations?service=worker&spanKind=consumer", """{"data":[{"name":"run","spanKind":"consumer"}],"total":1,"limit":0,"offset":0,"errors":null}""");

    [Fact]
    public Task Dependencies() => AnswersAsync(
        "/api/dependencies?endTs=1760000001000&lookback=3600000",
        """{"data":[{"parent":"api","child":"worker","callCount":1}],"total":1,"limit":0,"offset":0,"errors":null}""");

    [Fact]
    public Task An_unknown_trace_is_404() => AnswersAsync(
        $"/api/traces/{Other}", """{"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":404,"msg":"trace not found"}]}""", HttpStatusCode.NotFound);

    [Theory]
    [InlineData("xyz")]
    [InlineData("0")]
    [InlineData("0af7651916cd43dd8448eb211c80319c0")]
    [InlineData("-1")]
    public async Task An_id_that_is_none_is_400(string id)
    {
        using var response = await _store.Client.GetAsync($"/api/traces/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_short_id_means_the_same_with_zeros_on_the_left()
    {
        await _store.SendAsync(SentSpan.Request(new SentSpan("00000000000000000af7651916cd43dd", "00f067aa0ba902b7", "old")));
        Assert.Equal("00000000000000000af7651916cd43dd", (string?)(await _store.GetAsync("/api/traces/af7651916cd43dd"))["data"]![0]!["traceID"]);
    }

    private Task AnswersAsync(string path, string expected, HttpStatusCode status = HttpStatusCode.OK) => _store.AnswersAsync(path, expected, status);
}
