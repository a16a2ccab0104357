using System.Diagnostics;
using System.Reflection;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Streaming;

/// <summary>
/// Answers with server-sent events, until there are no more, the reader goes or may no longer read, or this process stops: a reader that
/// comes back with <c>Last-Event-ID</c>, to any replica, misses nothing. TypedResults.ServerSentEvents knows neither heartbeats nor slow readers.
/// </summary>
internal sealed class EventStream(IAsyncEnumerable<StreamItem> items, IDisposable slot) : IResult, IEndpointMetadataProvider
{
    public const string ContentType = "text/event-stream";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ContentType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = slot;
        var services = httpContext.RequestServices;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var writer = new EventStreamWriter(
            httpContext, services.GetRequiredService<IOptions<StreamOptions>>().Value, services.GetRequiredService<TimeProvider>());
        await writer.StartAsync(end.Token);
        Activity.Current = null; // the request's span has ended with the headers: what is read from now on is nobody's waiting
        var watching = EndWithCallerAsync(httpContext, end);
        try
        {
            await CopyAsync(writer, end.Token);
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && end.IsCancellationRequested))
        {
            // Nobody reads any more, or too slowly.
        }
        catch (StoreUnavailableException)
        {
            // The stream just ends; its reader comes back, and is told 503 as long as it lasts.
        }
        finally
        {
            await end.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task EndWithCallerAsync(HttpContext http, CancellationTokenSource end)
    {
        try
        {
            await http.RequestServices.GetRequiredService<CallerWatch>().WaitUntilRefusedAsync(http, end.Token);
        }
        finally
        {
            await end.CancelAsync(); // a reader that comes back is told why
        }
    }

    private async Task CopyAsync(EventStreamWriter writer, CancellationToken end)
    {
        await using var events = items.GetAsyncEnumerator(end);
        var next = Task.FromResult(true);
        try
        {
            while (true)
            {
                next = events.MoveNextAsync().AsTask();
                await writer.BeatUntilAsync(next, end);
                if (!await next)
                {
                    return;
                }

                await writer.WriteAsync(events.Current, end);
            }
        }
        finally
        {
            // An enumerator that still looks for its next item must not be disposed.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
