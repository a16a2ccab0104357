namespace Integr8sCode.Traces;

/// <summary>
/// What Jaeger's UI and Grafana's Jaeger data source ask, byte for byte as their code of each time builds it, and of each answer the part
/// that they read. Times are those of <see cref="ClientRequestTests"/>' trace.
/// </summary>
internal static class ClientRequests
{
    public const string Id = "0af7651916cd43dd8448eb211c80319c";

    private const string Start = "1759999990000000", End = "1760000010000000"; // microseconds
    private const string Lookback = $"end={End}&limit=20&lookback=1h&maxDuration&minDuration&service=api%20gateway&start={Start}";
    private const string Trace = $$$"""
        {"data":[{"traceID":"{{{Id}}}","processes":{"p1":{"serviceName":"api gateway"},"p2":{"serviceName":"worker"}},"spans":[
        {"traceID":"{{{Id}}}","spanID":"00f067aa0ba902b7","operationName":"POST /run","references":[],"startTime":1760000000000000,"duration":4000,"logs":[],"processID":"p1"},
        {"traceID":"{{{Id}}}","spanID":"00f067aa0ba902b8","operationName":"run it","references":[{"refType":"CHILD_OF","traceID":"{{{Id}}}","spanID":"00f067aa0ba902b7"}],
        "startTime":1760000000001000,"duration":1000,"processID":"p2","logs":[{"timestamp":1760000000001000,"fields":[{"key":"event","type":"string","value":"exception"}]}]}]}]}
        """;
    private const string Summary = $$$"""
        {"summaries":[{"traceID":"{{{Id}}}","traceId":"{{{Id}}}","rootServiceName":"api gateway","rootOperationName":"POST /run","minStartTimeUnixNano":"1760000000000000000",
        "maxEndTimeUnixNano":"1760000000004000000","spanCount":2,"errorSpanCount":1,"orphanSpanCount":0,
        "services":[{"name":"api gateway","spanCount":1,"errorSpanCount":0},{"name":"worker","spanCount":1,"errorSpanCount":1}]}]}
        """;
    private const string Otlp = $$$"""
        {"result":{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api gateway"}}]},"scopeSpans":[{"spans":[
        {"traceId":"{{{Id}}}","spanId":"00f067aa0ba902b7","name":"POST /run","kind":2,"startTimeUnixNano":"1760000000000000000","endTimeUnixNano":"1760000000004000000"}]}]},
        {"scopeSpans":[{"spans":[{"traceId":"{{{Id}}}","spanId":"00f067aa0ba902b8","parentSpanId":"00f067aa0ba902b7","kind":5,"status":{"code":2},"events":[{"name":"exception"}],
        "attributes":[{"key":"nothing","value":{"stringValue":""}},{"key":"share","value":{"stringValue":"NaN"}},{"key":"n","value":{"intValue":"7"}}]}]}]}]}}
        """;

    /// <summary>Who asks, what, and what is read of the answer.</summary>
    public static readonly TheoryData<string, string, string> Answered = new()
    {
        { "Jaeger UI to 2.14: search form", "/api/services", """{"data":["api gateway","worker"],"total":2,"errors":null}""" },
        { "Jaeger UI to 2.14: search form", "/api/services/api%20gateway/operations", """{"data":["POST /run"]}""" },
        { "Jaeger UI to 2.14: search", $"/api/traces?{Lookback}", Trace },
        {
            "Jaeger UI to 2.14: search with everything",
            $"/api/traces?end={End}&limit=20&lookback=custom&maxDuration=1.5s&minDuration=100us&operation=POST%20%2Frun&service=api%20gateway&start={Start}&tags=%7B%22http.route%22%3A%22%2Frun%22%7D", Trace
        },
        { "Jaeger UI to 2.14: comparison", $"/api/traces?traceID={Id}&traceID=00000000000000000000000000000001", Trace },
        { "Jaeger UI: trace page", $"/api/traces/{Id}", Trace },
        { "Jaeger UI: trace page, its JSON", $"/api/traces/{Id}?prettyPrint=true", Trace },
        { "Jaeger UI: trace page, its raw JSON", $"/api/traces/{Id}?raw=true&prettyPrint=true", Trace },
        { "Jaeger UI: system architecture", "/api/dependencies?endTs=1760000010000&lookback=604800000", """{"data":[{"parent":"api gateway","child":"worker","callCount":1}],"errors":null}""" },
        { "Jaeger UI: monitor", "/api/operations?service=api%20gateway&spanKind=server", """{"data":[{"name":"POST /run","spanKind":"server"}]}""" },
        { "Jaeger UI 2.15 on: search form", "/api/v3/services", """{"services":["api gateway","worker"]}""" },
        { "Jaeger UI 2.15 on: search form", "/api/v3/operations?service=api%20gateway", """{"operations":[{"name":"POST /run","spanKind":"server"}]}""" },
        {
            "Jaeger UI 2.19: search",
            "/api/v3/trace-summaries?query.service_name=api+gateway&query.span_name=POST+%2Frun&query.start_time_min=2025-10-09T08%3A53%3A10.000Z&query.start_time_max=2025-10-09T08%3A53%3A30.000Z&query.num_traces=20&query.attributes=%7B%22http.route%22%3A%22%2Frun%22%7D", Summary
        },
        {
            "Jaeger UI 2.20: search",
            "/api/v3/trace-summaries?query.serviceName=api+gateway&query.operationName=POST+%2Frun&query.startTimeMin=2025-10-09T08%3A53%3A10.000Z&query.startTimeMax=2025-10-09T08%3A53%3A30.000Z&query.searchDepth=20&query.durationMin=100us&query.durationMax=1.5s&query.attributes=%7B%22http.route%22%3A%22%2Frun%22%7D", Summary
        },
        { "Jaeger UI 2.20: search of all services", "/api/v3/trace-summaries?query.startTimeMin=2025-10-09T08%3A53%3A10.000Z&query.startTimeMax=2025-10-09T08%3A53%3A30.000Z&query.searchDepth=20", Summary },
        { "Jaeger UI 2.21: trace page", $"/api/v3/traces/{Id}", Otlp },
        { "Grafana 12: test and search form", "/api/services", """{"data":["api gateway","worker"],"errors":null,"limit":0,"offset":0,"total":2}""" },
        { "Grafana 12: search form", "/api/services/api%20gateway/operations", """{"data":["POST /run"]}""" },
        { "Grafana 12: search", "/api/traces?limit=20&maxDuration=1.5s&minDuration=100us&operation=POST+%2Frun&service=api+gateway&tags=%7B%22http.route%22%3A%22%2Frun%22%7D", Trace },
        { "Grafana to 11: search", $"/api/traces?end={End}&limit=20&lookback=custom&service=api%20gateway&start={Start}", Trace },
        { "Grafana 12: trace, with its time", $"/api/traces/{Id}?end=1760000010000&start=1759999990000", Trace },
        { "Grafana 12: service graph", "/api/dependencies?endTs=1760000010000&lookback=20000", """{"data":[{"parent":"api gateway","child":"worker","callCount":1}],"errors":null}""" },
        { "Grafana 12, v3: test and search form", "/api/v3/services", """{"services":["api gateway","worker"]}""" },
        { "Grafana 12, v3: search form", "/api/v3/operations?service=api+gateway", """{"operations":[{"name":"POST /run"}]}""" },
        {
            "Grafana 12, v3: search",
            "/api/v3/traces?query.attributes=%7B%22http.route%22%3A%22%2Frun%22%7D&query.duration_min=100us&query.operation_name=POST+%2Frun&query.service_name=api+gateway&query.start_time_min=2025-10-09T08:53:10Z&query.start_time_max=2025-10-09T10:53:30.5+02:00", Otlp
        },
        { "Grafana 12, v3: trace, with its time", $"/api/v3/traces/{Id}?start_time=2025-10-09T08:53:10Z&end_time=2025-10-09T08:53:30Z", Otlp },
    };

    /// <summary>What has another status on purpose: clients show these messages.</summary>
    public static readonly TheoryData<string, string, int, string> Refused = new()
    {
        { "Jaeger UI: trace page", "/api/traces/00000000000000000000000000000001", 404, """{"data":null,"errors":[{"code":404,"msg":"trace not found"}]}""" },
        { "Jaeger UI 2.21: trace page", "/api/v3/traces/00000000000000000000000000000001", 404, """{"error":{"httpCode":404,"message":"No traces found"}}""" },
        {
            "Jaeger UI: monitor", "/api/metrics/latencies?service=api gateway&endTs=1760000010000&groupByOperation=true&lookback=3600000&quantile=0.5&ratePer=600000&spanKind=server&step=60000",
            501, """{"errors":[{"code":501,"msg":"metrics querying is currently disabled"}]}"""
        },
        { "Grafana 12, v3: search that finds nothing", "/api/v3/traces?query.service_name=nobody&query.start_time_min=2025-10-09T08:53:10Z&query.start_time_max=2025-10-09T08:53:30Z", 404, """{"error":{"httpCode":404}}""" },
    };
}
