using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Integr8sCode.LoadRuns;

/// <summary>A fixed number of callers on keep-alive connections; each sends its next request when it has the answer to its last.</summary>
internal sealed class ClosedLoop(Uri address, string? key) : IDisposable
{
    public const int Callers = 64;

    private const int KeptOneIn = 100;

    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("""{"script":"print('hello')","language":"python"}""");
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ConcurrentQueue<string> _answers = new();
    private int _sent;

    // No handler around the connections, and no trace context of ours: the callers share the processors with what they measure.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = Callers,
        UseCookies = false,
        UseProxy = false,
    });

    /// <summary>The body of one answer in a hundred.</summary>
    public IReadOnlyCollection<string> Answers => _answers;

    /// <summary>Sends for that long; what is not answered with 202 is an error.</summary>
    public async Task<Samples> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var callers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync, cancellationToken)));
        return new([.. callers.SelectMany(caller => caller.Durations)], callers.Sum(caller => caller.Errors), watch.Elapsed);

        async Task<Samples> CallAsync()
        {
            var durations = new List<TimeSpan>();
            var errors = 0;
            while (watch.Elapsed < duration)
            {
                var started = watch.Elapsed;
                if (await SendAsync(cancellationToken)) durations.Add(watch.Elapsed - started);
                else errors++;
            }

            return new(durations, errors, watch.Elapsed);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Hello) };
        request.Content.Headers.ContentType = Json;
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            await KeepAsync(response.Content, cancellationToken);
            return response.StatusCode == HttpStatusCode.Accepted;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task KeepAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _sent) % KeptOneIn == 0) _answers.Enqueue(await content.ReadAsStringAsync(cancellationToken));
        else await content.CopyToAsync(Stream.Null, cancellationToken);
    }
}
