using System.Net;
using System.Text;

namespace Integr8sCode.Traces;

/// <summary>What Jaeger's query API answers, and what is made of it.</summary>
public sealed class JaegerBackendTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trace_of_jaeger_is_read_with_its_parents_links_errors_and_trace_state()
    {
        var spans = await AskAsync(HttpStatusCode.OK, $$$"""
            {"data":[{"traceID":"{{{TraceId}}}","spans":[
              {"traceID":"{{{TraceId}}}","spanID":"b7ad6b7169203331","operationName":"send","references":[],"startTime":1760000000000000,"duration":5,
               "tags":[{"key":"span.kind","type":"string","value":"producer"},{"key":"w3c.tracestate","type":"string","value":"ot=th:8"}],
               "logs":[],"processID":"p1","warnings":null},
              {"traceID":"{{{TraceId}}}","spanID":"c7ad6b7169203331","operationName":"process","references":[
                {"refType":"FOLLOWS_FROM","traceID":"{{{TraceId}}}","spanID":"b7ad6b7169203331"},
                {"refType":"FOLLOWS_FROM","traceID":"1af7651916cd43dd8448eb211c80319c","spanID":"d7ad6b7169203331"}],
               "startTime":1760000000000010,"duration":7,
               "tags":[{"key":"error","type":"bool","value":true},{"key":"app.attempt","type":"int64","value":2}],
               "logs":[],"processID":"p2","warnings":null}],
              "processes":{"p1":{"serviceName":"api","tags":[]},"p2":{"serviceName":"worker","tags":[]}},"warnings":null}],
             "total":0,"limit":0,"offset":0,"errors":null}
            """);

        Assert.Equal(["api", "worker"], spans.Select(span => span.Service));
        Assert.Equal(System.Diagnostics.ActivityKind.Producer, spans[0].Kind);
        Assert.Equal(2, AdjustedCount.Of(spans[0].TraceState));
        Assert.Equal("b7ad6b7169203331", spans[1].ParentId);
        Assert.Equal("d7ad6b7169203331", Assert.Single(spans[1].Links).SpanId);
        Assert.True(spans[1].IsError);
        Assert.Equal(2, spans[1].Number("app.attempt"));
        Assert.DoesNotContain("error", spans[1].Attributes.Keys);
    }

    [Fact]
    public async Task A_trace_that_the_backend_does_not_have_has_no_spans() =>
        Assert.Empty(await AskAsync(HttpStatusCode.NotFound, """{"data":null,"errors":[{"code":404,"msg":"trace not found"}]}"""));

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""[7,{"key":7,"value":1},{"key":"alone"}]""")]
    public async Task Tags_that_are_none_are_left_out(string tags)
    {
        var spans = await AskAsync(HttpStatusCode.OK, $$$"""
            {"data":[{"traceID":"{{{TraceId}}}","processes":{},"spans":[{"traceID":"{{{TraceId}}}","spanID":"b7ad6b7169203331",
            "operationName":"send","references":[],"startTime":1,"duration":5,"processID":"p1","tags":{{{tags}}}}]}]}
            """);

        Assert.Empty(Assert.Single(spans).Attributes);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "busy", 503)]
    [InlineData(HttpStatusCode.TooManyRequests, "slow down", 503)]
    [InlineData(HttpStatusCode.InternalServerError, "oops", 502)]
    [InlineData(HttpStatusCode.OK, "<html>", 502)]
    [InlineData(HttpStatusCode.OK, """{"data":[{"spans":[]}]}""", 502)]
    public async Task Another_answer_says_whether_asking_again_may_help(HttpStatusCode status, string body, int expected) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<TraceBackendException>(() => AskAsync(status, body))).Status);

    [Fact]
    public async Task A_backend_that_does_not_answer_in_time_is_away()
    {
        using var http = new HttpClient(new Answering(async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return new();
        }));
        http.BaseAddress = new("http://backend/");
        http.Timeout = TimeSpan.FromMilliseconds(50);

        Assert.Equal(503, (await Assert.ThrowsAsync<TraceBackendException>(() => new TraceBackend(http).FindAsync(TraceId, Stop))).Status);
    }

    private static async Task<IReadOnlyList<TraceSpan>> AskAsync(HttpStatusCode status, string body)
    {
        using var http = new HttpClient(new Answering(_ =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") })));
        http.BaseAddress = new("http://backend/");

        return await new TraceBackend(http).FindAsync(TraceId, Stop);
    }

    private sealed class Answering(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(cancellationToken);
    }
}
