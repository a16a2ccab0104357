using System.Net;
using Integr8sCode.Infrastructure;
using Integr8sCode.Spans;
using Microsoft.Extensions.DependencyInjection;

namespace Integr8sCode.Traces;

public sealed class RetentionTests
{
    private const int MaxBytes = 2 << 20;

    [Fact]
    public async Task The_oldest_traces_go_when_the_store_is_full()
    {
        await using var store = await RunningTraceStore.StartAsync($"TraceStore:MaxBytes={MaxBytes}");
        for (var request = 0; request < 60; request++)
        {
            await store.SendAsync(SentSpan.Request(Enumerable.Range(1, 100).Select(i => Span((request * 100) + i))));
        }

        Assert.True(store.DatabaseBytes <= MaxBytes, $"{store.DatabaseBytes} bytes");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(store, Span(1)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(store, Span(6000)));
        var kept = (await store.GetAsync("/api/trace-list?limit=1000"))["traces"]!.AsArray();
        Assert.InRange(kept.Count, 500, 1000);
        Assert.NotEmpty((await store.GetAsync("/api/traces?tag=number:6000"))["data"]!.AsArray());
        Assert.Empty((await store.GetAsync("/api/traces?tag=number:1"))["data"]!.AsArray());
    }

    [Fact]
    public async Task One_trace_alone_cannot_fill_the_store()
    {
        await using var store = await RunningTraceStore.StartAsync($"TraceStore:MaxBytes={MaxBytes}");
        for (var request = 0; request < 60; request++)
        {
            await store.SendAsync(SentSpan.Request(Enumerable.Range(1, 100).Select(i => Span((request * 100) + i) with { TraceId = Span(1).TraceId })));
        }

        Assert.True(store.DatabaseBytes <= MaxBytes, $"{store.DatabaseBytes} bytes");
    }

    [Fact]
    public async Task A_trace_goes_when_it_is_too_old()
    {
        await using var store = await RunningTraceStore.StartAsync("TraceStore:MaxAge=00:00:01");
        await store.SendAsync(SentSpan.Request(Span(1)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(store, Span(1)));

        await Eventually.HoldsAsync(async () =>
        {
            store.Services.GetRequiredService<Retention>().Apply();
            return await StatusAsync(store, Span(1)) is HttpStatusCode.NotFound;
        });
        Assert.Empty((await store.GetAsync("/api/trace-list"))["traces"]!.AsArray());
        await store.SendAsync(SentSpan.Request(Span(2)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(store, Span(2)));
    }

    private static SentSpan Span(int number) => new(number.ToString("x32", null), number.ToString("x16", null), "work")
    {
        Start = 1_760_000_000_000_000_000 + number,
        Tags = [("number", (long)number), ("filler", new string('x', 400))],
    };

    private static async Task<HttpStatusCode> StatusAsync(RunningTraceStore store, SentSpan span)
    {
        using var response = await store.Client.GetAsync($"/api/traces/{span.TraceId}", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
