using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Integr8sCode.Traces;

/// <summary>Asks the trace store, or Jaeger, through Jaeger's query API v1.</summary>
/// <remarks>Every method throws <see cref="TraceBackendException"/> where there is no usable answer in time.</remarks>
internal sealed class TraceBackend(HttpClient http)
{
    /// <returns>Empty where the backend does not have the trace.</returns>
    public async Task<IReadOnlyList<TraceSpan>> FindAsync(string traceId, CancellationToken cancellationToken)
    {
        var answer = await AskAsync($"api/traces/{traceId}", JaegerJson.Default.Traces, cancellationToken);
        return [.. answer?.Data?.SelectMany(trace => trace.ToSpans()) ?? []];
    }

    /// <returns>The latest traces that have a span of that name, within the filter's time range and limit.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<TraceSpan>>> SearchAsync(
        string service, string operation, SummaryFilter filter, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture,
            $"service={Uri.EscapeDataString(service)}&operation={Uri.EscapeDataString(operation)}&start={Microseconds(filter.From)}&end={Microseconds(filter.To)}&limit={filter.Limit}");
        var answer = await AskAsync($"api/traces?{query}", JaegerJson.Default.Traces, cancellationToken);

        return [.. answer?.Data?.Select(trace => trace.ToSpans()) ?? []];
    }

    /// <returns>Names of the service's server spans.</returns>
    public async Task<IReadOnlyList<string>> ListRoutesAsync(string service, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            $"api/operations?service={Uri.EscapeDataString(service)}&spanKind=server", JaegerJson.Default.Operations, cancellationToken);

        return [.. answer?.Data?.Select(operation => operation.Name).Distinct() ?? []];
    }

    private async Task<T?> AskAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (http.BaseAddress is null)
        {
            throw TraceBackendException.Away("none is configured (Traces:QueryUrl)");
        }

        try
        {
            using var response = await http.GetAsync(path, cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound)
            {
                return null;
            }

            Check(response.StatusCode);
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), type);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw TraceBackendException.Unreadable("it is larger than Traces:MaxAnswerBytes", exception);
        }
        catch (HttpRequestException exception)
        {
            throw TraceBackendException.Away("no connection", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw TraceBackendException.Away("no answer in time", exception);
        }
        catch (JsonException exception)
        {
            throw TraceBackendException.Unreadable("it is not the JSON of Jaeger's API", exception);
        }
    }

    private static void Check(HttpStatusCode status)
    {
        if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
        {
            throw TraceBackendException.Away($"it answers {(int)status}");
        }

        if (status is not HttpStatusCode.OK)
        {
            throw TraceBackendException.Unreadable($"its status is {(int)status}");
        }
    }

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
