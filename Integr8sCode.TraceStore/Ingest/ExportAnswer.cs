using Google.Protobuf;

namespace Integr8sCode.Ingest;

/// <summary>Answers of OTLP/HTTP: an ExportTraceServiceResponse when it went well, a google.rpc.Status when it did not.</summary>
internal sealed class ExportAnswer(int status, byte[] message) : IResult
{
    public const string ContentType = "application/x-protobuf";

    private const int RetryAfterSeconds = 1;

    public static ExportAnswer Kept(int refused) => new(StatusCodes.Status200OK, refused == 0 ? [] : PartialSuccess(refused));

    public static ExportAnswer Refused(int status, string reason) => new(status, Write(output =>
    {
        output.WriteTag(2, WireFormat.WireType.LengthDelimited);
        output.WriteString(reason);
    }));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = message.Length;
        if (status is StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        }

        await response.Body.WriteAsync(message, httpContext.RequestAborted);
    }

    private static byte[] PartialSuccess(int refused) => Write(output =>
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Write(partial =>
        {
            partial.WriteTag(1, WireFormat.WireType.Varint);
            partial.WriteInt64(refused);
            partial.WriteTag(2, WireFormat.WireType.LengthDelimited);
            partial.WriteString("Spans without a valid id, or past the limit of their trace.");
        })));
    });

    private static byte[] Write(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }
}
