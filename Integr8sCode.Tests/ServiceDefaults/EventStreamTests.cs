using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class EventStreamTests : IAsyncDisposable
{
    private readonly TaskCompletionSource _headersRead = new();
    private ObservedService? _service;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_span_of_an_event_stream_ends_at_its_headers()
    {
        var service = await StartAsync();
        using var response = await service.Client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, Cancelled);

        var span = await service.Receiver.SpanAsync(span => span.Name == "GET /stream", Cancelled); // while the stream is open

        Assert.Equal(200L, span["http.response.status_code"]);
    }

    [Fact]
    public async Task What_a_stream_does_after_its_headers_stays_in_the_trace()
    {
        var service = await StartAsync();
        using var response = await service.Client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        _headersRead.SetResult();
        await response.Content.ReadAsStringAsync(Cancelled);

        var spans = await service.StopAsync();

        var stream = Assert.Single(spans, span => span.Name == "GET /stream");
        var update = Assert.Single(spans, span => span.Name == "update");
        Assert.Equal((stream.TraceId, stream.SpanId), (update.TraceId, update.ParentSpanId));
    }

    [Fact]
    public async Task The_next_request_of_the_connection_starts_a_trace_of_its_own()
    {
        var service = await StartAsync();
        _headersRead.SetResult();
        await service.GetAsync("/stream");
        await service.GetAsync("/next");

        var spans = await service.StopAsync();

        var next = Assert.Single(spans, span => span.Name == "GET /next");
        Assert.Equal("", next.ParentSpanId);
        Assert.NotEqual(spans.Single(span => span.Name == "GET /stream").TraceId, next.TraceId);
    }

    public async ValueTask DisposeAsync()
    {
        _headersRead.TrySetResult();
        if (_service is not null) await _service.DisposeAsync();
    }

    private async Task<ObservedService> StartAsync() => _service = await ObservedService.StartAsync(
        app =>
        {
            app.MapGet("/stream", StreamAsync);
            app.MapGet("/next", () => "next");
        },
        ("OTEL_BSP_SCHEDULE_DELAY", "50"));

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync(Cancelled); // runs what is due at the start in this very method, not in one of the server
        await context.Response.WriteAsync("data: 1\n\n", Cancelled);
        await context.Response.Body.FlushAsync(Cancelled);
        await _headersRead.Task.WaitAsync(Cancelled);
        using var update = ObservedService.Source.StartActivity("update");
        await context.Response.WriteAsync("data: 2\n\n", Cancelled);
    }
}
