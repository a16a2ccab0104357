using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Integr8sCode.Client;

/// <summary>Reads an execution's server-sent events over as many connections as it takes.</summary>
internal static class ExecutionStream
{
    public static async IAsyncEnumerable<ExecutionUpdate> ReadAsync(
        RetryingCalls calls, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? lastId = null;
        for (var fruitless = 0; ; fruitless++)
        {
            await calls.PauseAsync(fruitless, "The stream breaks before it tells anything.", cancellationToken).ConfigureAwait(false);
            using var response = await calls.OpenAsync(() => Request(path, lastId), cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NoContent)
            {
                yield break; // the end had been read already
            }

            await foreach (var item in ReadAsync(response, cancellationToken).ConfigureAwait(false))
            {
                (lastId, fruitless) = (item.EventId ?? lastId, -1);
                if (ExecutionUpdate.Of(item) is { } update)
                {
                    yield return update;
                }

                if (item.EventType == "end")
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>The items of one connection, until it ends in whatever way.</summary>
    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var items = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await HasNextAsync(items, cancellationToken).ConfigureAwait(false))
        {
            yield return items.Current;
        }
    }

    private static async Task<bool> HasNextAsync(IAsyncEnumerator<SseItem<string>> items, CancellationToken cancellationToken)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (RetryingCalls.IsBroken(exception, cancellationToken))
        {
            return false;
        }
    }

    private static HttpRequestMessage Request(string path, string? lastId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Accept = { new("text/event-stream") } } };
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        return request;
    }
}
