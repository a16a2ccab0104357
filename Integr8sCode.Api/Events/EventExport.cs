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
        format.WriteHead(response.BodyWriter);
        var left = limit;
        for (Guid? after = null; left > 0;)
        {
            var size = Math.Min(PageSize, left);
            if (await events.QueryAsync(filter, new(after, size), cancellationToken) is not { Count: > 0 } page)
            {
                break;
            }

            foreach (var recorded in page)
            {
                format.Write(response.BodyWriter, recorded);
            }

            await response.BodyWriter.FlushAsync(cancellationToken);
            left -= page.Count;
            after = page[^1].EventId;
        }
    }
}
