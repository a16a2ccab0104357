using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Integr8sCode.Events;

/// <summary>Sends matching events as a file: a few in memory at a time, as fast as they are taken.</summary>
internal sealed class EventExport(IEventStore events, EventFilter filter, IEventFormat format, int limit) : IResult, IEndpointMetadataProvider
{
    public const int MaxEvents = 1_000_000;

    /// <summary>An event's data may be a megabyte, though most have a hundred bytes.</summary>
    private const int PageSize = 50;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["application/x-ndjson", "text/csv"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellationToken) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = format.ContentType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"events.{format.Extension}" }.ToString();
        response.Headers.CacheControl = "no-store";
        var (left, page) = (limit, await ReadAsync(after: null, limit, cancellationToken)); // first: without the store nothing may be written
        format.WriteHead(response.BodyWriter);
        while (page is { Count: > 0 })
        {
            foreach (var recorded in page)
            {
                format.Write(response.BodyWriter, recorded);
            }

            await response.BodyWriter.FlushAsync(cancellationToken);
            left -= page.Count;
            page = left > 0 ? await ReadAsync(page[^1].EventId, left, cancellationToken) : null;
        }
    }

    private Task<IReadOnlyList<Event>?> ReadAsync(Guid? after, int left, CancellationToken cancellationToken) =>
        events.QueryAsync(filter, new(after, Math.Min(PageSize, left)), cancellationToken);
}
