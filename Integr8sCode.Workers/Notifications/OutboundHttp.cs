using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>
/// Calls addresses that users gave. .NET would put the whole address on its own span, so this client makes none of those and
/// <see cref="ClientSpan"/> stands in; nothing here logs an address either.
/// </summary>
internal sealed class OutboundHttp(
    GuardedConnection connection, IOptions<DestinationOptions> destinations, IOptions<NotificationOptions> options, TimeProvider clock)
    : IDisposable
{
    private const int MostResponseBytes = 4 * 1024;
    private const int MostHeaderKilobytes = 16;

    private static readonly ProductInfoHeaderValue UserAgent = new("Integr8sCode", "1.0");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null, // no span of .NET's own
        AllowAutoRedirect = false,
        ConnectCallback = connection.ConnectAsync,
        MaxResponseDrainSize = MostResponseBytes,
        MaxResponseHeadersLength = MostHeaderKilobytes,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1), // then the name is resolved, and judged, again
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        UseCookies = false,
        UseProxy = false, // it would be connected to instead of the judged address
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each call has its own
    };

    public async Task<DeliveryResult> PostAsync(OutboundCall call, CancellationToken cancellationToken)
    {
        if (Destination.FindError(call.Url, call.Channel, destinations.Value) is { } forbidden)
        {
            return new(StatusCode: null, $"The address must not be called. Expected: {forbidden}");
        }

        var address = new Uri(call.Url);
        using var span = ClientSpan.Start(address, call.Attempt);
        using var request = RequestOf(call, address);
        using var limit = new CancellationTokenSource(options.Value.Timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            ClientSpan.Describe(span, response);
            return ResultOf(response);
        }
        catch (HttpRequestException failure)
        {
            ClientSpan.Fail(span, CodeOf(failure));
            return new(StatusCode: null, MessageOf(failure), IsTransient: failure.InnerException is not ForbiddenAddressException);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            ClientSpan.Fail(span, "timeout");
            return new(StatusCode: null, $"No answer within {options.Value.Timeout.TotalSeconds:0.###} s.", IsTransient: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage RequestOf(OutboundCall call, Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(call.Body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.Add(UserAgent);
        foreach (var (name, value) in call.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Telemetry.CurrentContext is { } context && context != default)
        {
            request.Headers.TryAddWithoutValidation("traceparent", Telemetry.TraceParentOf(context));
        }

        return request;
    }

    private DeliveryResult ResultOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return response switch
        {
            { IsSuccessStatusCode: true } => new(status),
            { StatusCode: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } =>
                new(status, $"The receiver answered {status}.", IsTransient: true, RetryAfterOf(response.Headers.RetryAfter)),
            { StatusCode: < HttpStatusCode.BadRequest } => new(status, $"The receiver answered {status}; redirects are not followed."),
            _ => new(status, $"The receiver answered {status}."),
        };
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? header?.Date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    // Never the exception's own text: who knows what it quotes.
    private static string MessageOf(HttpRequestException failure) => failure switch
    {
        { InnerException: ForbiddenAddressException } => "The host's name stands for an address that must not be called.",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "The host's name cannot be resolved.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "No TLS connection could be made.",
        { HttpRequestError: HttpRequestError.ConnectionError } => "No connection could be made.",
        { HttpRequestError: HttpRequestError.ResponseEnded } => "The connection ended before the answer.",
        _ => "The answer was not valid HTTP.",
    };

    private static string CodeOf(HttpRequestException failure) => failure.InnerException is ForbiddenAddressException
        ? "forbidden_address"
        : SnakeCase.NameOf(failure.HttpRequestError);
}
