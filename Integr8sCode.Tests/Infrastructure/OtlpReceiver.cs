using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Integr8sCode.Infrastructure;

/// <summary>Takes what processes export, over OTLP/HTTP and OTLP/gRPC on free ports of this machine, and shows it to a test.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] EmptyGrpcMessage = new byte[5];

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<OtlpRequest> _requests = new();
    private readonly bool _silent;
    private int _refusals;

    private OtlpReceiver(bool silent = false, int refusals = 0)
    {
        (_silent, _refusals) = (silent, refusals);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2); // gRPC without TLS
        });
        builder.Services.AddSingleton(new ActivitySource("otlp-receiver")); // else a provider in the test's process traces the receiver too
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>A base address for OTEL_EXPORTER_OTLP_ENDPOINT with http/protobuf.</summary>
    public string HttpEndpoint => _app.Urls.First();

    /// <summary>An address for OTEL_EXPORTER_OTLP_ENDPOINT with grpc.</summary>
    public string GrpcEndpoint => _app.Urls.Last();

    /// <summary>Everything received so far, in order.</summary>
    public IReadOnlyList<OtlpRequest> Requests => [.. _requests];

    public IReadOnlyList<ReceivedSpan> Spans =>
        [.. Requests.Where(request => request.Signal == "trace").SelectMany(request => OtlpSpans.Read(request.Body))];

    public static Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken) => StartAsync(new OtlpReceiver(), cancellationToken);

    /// <summary>One that takes everything and never answers.</summary>
    public static Task<OtlpReceiver> StartSilentAsync(CancellationToken cancellationToken) => StartAsync(new OtlpReceiver(silent: true), cancellationToken);

    /// <summary>One that has no room for the first requests.</summary>
    public static Task<OtlpReceiver> StartRefusingAsync(int requests, CancellationToken cancellationToken) =>
        StartAsync(new OtlpReceiver(refusals: requests), cancellationToken);

    /// <summary>The first span that matches, as soon as it is here; exporters send later than the work they tell about.</summary>
    public async Task<ReceivedSpan> SpanAsync(Func<ReceivedSpan, bool> matches, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        while (true)
        {
            if (Spans.FirstOrDefault(matches) is { } span) return span;
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<OtlpReceiver> StartAsync(OtlpReceiver receiver, CancellationToken cancellationToken)
    {
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        if (Interlocked.Decrement(ref _refusals) >= 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var isGrpc = context.Request.Protocol == "HTTP/2";
        var isGzip = context.Request.Headers.ContentEncoding == "gzip";
        await using var unzipped = isGzip ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var body = new MemoryStream();
        await unzipped.CopyToAsync(body, context.RequestAborted);
        var message = new ProtobufMessage(body.ToArray().AsSpan(isGrpc ? EmptyGrpcMessage.Length : 0));
        _requests.Enqueue(new OtlpRequest(context.Request.Path, Headers(context), message));
        if (_silent) await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else if (isGrpc) await AnswerGrpcAsync(context);
        else context.Response.ContentType = "application/x-protobuf";
    }

    private static async Task AnswerGrpcAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(EmptyGrpcMessage, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static Dictionary<string, string> Headers(HttpContext context) =>
        context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
