using System.Diagnostics;

namespace Integr8sCode.Fuzzing;

/// <summary>What came of a request.</summary>
/// <param name="Status">0 where no answer came.</param>
/// <param name="Breach">Which promise was broken; <see langword="null"/> where none was.</param>
internal sealed record FuzzedAnswer(FuzzedRequest Request, int Status, TimeSpan Time, string? Breach)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<FuzzedAnswer> OfAsync(FuzzedRequest request, HttpClient http, Uri api, string? key, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var watch = Stopwatch.StartNew();
        try
        {
            using var message = request.ToMessage(api, key);
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            var body = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync(limit.Token);
            var breach = status >= 500 ? $"{status}: {body}"
                : status >= 400 && response.Content.Headers.ContentType?.MediaType != "application/problem+json"
                    ? $"{status} is {response.Content.Headers.ContentType?.MediaType ?? "nothing"}, not problem+json: {body}"
                : request.Route.Statuses.Contains($"{status}") || status is 404 or 405 ? null // the odd path is none of the route's
                : $"{status} is not documented: {body}";

            return new(request, status, watch.Elapsed, breach);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(request, 0, watch.Elapsed, $"no answer within {Limit.TotalSeconds} s");
        }
        catch (HttpRequestException exception)
        {
            return new(request, 0, watch.Elapsed, $"no answer: {exception.Message}");
        }
    }
}
