using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>
/// Submits scripts at a steady rate, as a client that knows servers die: what has no answer, or one of 429 or 5xx, is sent again with
/// the same Idempotency-Key until it is accepted.
/// </summary>
internal sealed class SteadyLoad : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LastAnswer = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<Guid> _accepted = new();
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly HttpClient _http;
    private readonly ConcurrentQueue<string> _repeated = new();
    private int _submissions;

    public SteadyLoad(LocalPlatform platform)
    {
        _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null, UseProxy = false })
        {
            BaseAddress = platform.Api,
            Timeout = TimeSpan.FromSeconds(5),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", platform.Keys.User);
    }

    /// <summary>An argument of every script: a process that carries it is one of this load's.</summary>
    public string Marker { get; } = $"chaos-{Guid.CreateVersion7():N}";

    public int Submissions => _submissions;

    /// <summary>Why requests had to be sent again: the status, or what kept it from coming.</summary>
    public IReadOnlyCollection<string> Repeated => _repeated;

    public IReadOnlyCollection<Guid> Accepted => _accepted;

    /// <summary>Answers that nothing excuses.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>Submits for that long; returns when everything is accepted, or could not be for two minutes more.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(duration + LastAnswer);
        var scripts = new List<Task>();
        using var timer = new PeriodicTimer(Interval);
        for (var i = 0; i * Interval < duration && await timer.WaitForNextTickAsync(limit.Token); i++)
        {
            scripts.Add(SubmitAsync(i, limit.Token));
        }

        await Task.WhenAll(scripts);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _http.Dispose();

    private async Task SubmitAsync(int number, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _submissions);
        var script = ChaosScript.Of(number);
        var accepted = await InsistAsync(() => Submission(number, script), cancellationToken);
        if (accepted.Status is not HttpStatusCode.Accepted)
        {
            _refused.Enqueue($"submission {number}: {accepted.Status} {accepted.Body}");
            return;
        }

        var id = JsonNode.Parse(accepted.Body)!["execution_id"]!.GetValue<Guid>();
        _accepted.Enqueue(id);
        if (script.Cancelled)
        {
            await CancelAsync(id, number, cancellationToken);
        }
    }

    /// <summary>At once, or up to a second and a half later: queued, scheduled and running executions are cancelled.</summary>
    private async Task CancelAsync(Guid id, int number, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(number % 7 * 250), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var cancelled = await InsistAsync(() => new(HttpMethod.Post, $"/api/v1/executions/{id}/cancel"), cancellationToken);
        if (cancelled.Status is not (HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.Conflict))
        {
            _refused.Enqueue($"{id} cancel: {cancelled.Status} {cancelled.Body}");
        }
    }

    private HttpRequestMessage Submission(int number, ChaosScript script) => new(HttpMethod.Post, "/api/v1/execute")
    {
        Content = JsonContent.Create(
            new { script = script.Script, language = script.Language, timeout_seconds = script.TimeoutSeconds, args = new[] { Marker } }),
        Headers = { { "Idempotency-Key", $"{Marker}-{number}" } },
    };

    /// <returns>The first answer that is not due to a server in trouble; no status where there was none in time.</returns>
    private async Task<(HttpStatusCode? Status, string Body)> InsistAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var last = "no answer";
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var message = request();
                using var response = await _http.SendAsync(message, cancellationToken);
                last = await response.Content.ReadAsStringAsync(cancellationToken);
                if (response.StatusCode is not HttpStatusCode.TooManyRequests and < HttpStatusCode.InternalServerError)
                {
                    return (response.StatusCode, last);
                }

                _repeated.Enqueue($"{(int)response.StatusCode}");
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                last = failure.Message;
                _repeated.Enqueue((failure as HttpRequestException)?.HttpRequestError.ToString() ?? "Timeout");
            }

            await Task.Delay(BeforeRetry, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (null, last);
    }
}
