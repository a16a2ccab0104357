using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Integr8sCode.Infrastructure;

/// <summary>Reads server-sent events as any client would.</summary>
internal static class EventStreamReader
{
    public static async IAsyncEnumerable<StreamedItem> StreamAsync(
        this ApiUser user, string path, string? lastEventId = null, string? traceParent = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMinutes(3));
        // The server may not have noticed yet that the streams of an earlier test are gone.
        using var response = await Eventually.SeesAsync(
            () => user.OpenStreamAsync(path, lastEventId, traceParent), answer => answer.StatusCode is not HttpStatusCode.TooManyRequests);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(stop.Token))
        {
            yield return new(item.EventType, item.EventId, JsonNode.Parse(item.Data)!);
        }
    }

    /// <summary>The answer to a request for the stream, with its headers only.</summary>
    public static async Task<HttpResponseMessage> OpenStreamAsync(
        this ApiUser user, string path, string? lastEventId = null, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        if (traceParent is not null) request.Headers.Add("traceparent", traceParent);

        return await user.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
