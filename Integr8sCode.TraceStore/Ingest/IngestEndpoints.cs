using System.IO.Compression;
using Google.Protobuf;
using Integr8sCode.Otlp;
using Integr8sCode.Spans;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Integr8sCode.Ingest;

/// <summary>OTLP/HTTP, binary protobuf. An export is answered 200 once its spans are committed, never before.</summary>
internal static class IngestEndpoints
{
    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/traces", ExportAsync);
        return routes;
    }

    private static async Task<ExportAnswer> ExportAsync(
        HttpRequest request, ByteBudget budget, SpanQueue queue, IOptions<TraceStoreOptions> options, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(ExportAnswer.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            return ExportAnswer.Refused(StatusCodes.Status415UnsupportedMediaType, $"Send {ExportAnswer.ContentType}.");
        }

        if (Decompress(request) is not { } stream)
        {
            return ExportAnswer.Refused(StatusCodes.Status415UnsupportedMediaType, "Send gzip, or no content encoding.");
        }

        try
        {
            using var body = new ExportBody(budget, options.Value.MaxBodyBytes);
            return await body.ReadAsync(stream, cancellationToken) switch
            {
                StatusCodes.Status413PayloadTooLarge => TooLarge(options.Value),
                StatusCodes.Status503ServiceUnavailable => Busy(),
                _ => await KeepAsync(body, queue),
            };
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(options.Value);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidDataException)
        {
            return ExportAnswer.Refused(StatusCodes.Status400BadRequest, $"Not an ExportTraceServiceRequest: {exception.Message}");
        }
        catch (SqliteException)
        {
            return Busy();
        }
    }

    private static Stream? Decompress(HttpRequest request) => request.Headers.ContentEncoding.ToString() switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        _ => null,
    };

    private static async Task<ExportAnswer> KeepAsync(ExportBody body, SpanQueue queue)
    {
        var batch = SpanBatch.Of(ExportRequest.Read(body.Buffer, body.Length));
        if (batch.Count > 0)
        {
            await queue.WriteAsync(batch);
        }

        return ExportAnswer.Kept(batch.Refused);
    }

    private static ExportAnswer TooLarge(TraceStoreOptions options) => ExportAnswer.Refused(
        StatusCodes.Status413PayloadTooLarge, $"Larger than {options.MaxBodyBytes} bytes ({TraceStoreOptions.Section}:{nameof(options.MaxBodyBytes)}).");

    private static ExportAnswer Busy() => ExportAnswer.Refused(StatusCodes.Status503ServiceUnavailable, "Too much is waiting to be written; try again.");
}
