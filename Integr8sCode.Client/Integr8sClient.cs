using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Integr8sCode.Client;

/// <summary>
/// Runs scripts on an Integr8sCode installation. Every call may be repeated safely, and is repeated when the installation is busy, away
/// or cannot be reached, within the bounds of <see cref="Integr8sClientOptions"/>. The trace of the caller
/// (<see cref="System.Diagnostics.Activity.Current"/>) is continued. Safe for concurrent use.
/// </summary>
public sealed class Integr8sClient : IDisposable
{
    private const string Executions = "api/v1/executions";

    private readonly HttpClient _http;
    private readonly RetryingCalls _calls;

    /// <param name="address">Of the API, for example <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="key">API key of the user whose scripts these are.</param>
    /// <exception cref="ArgumentException">The address is not absolute, or the key cannot stand in a header.</exception>
    public Integr8sClient(Uri address, string key)
        : this(Connect(address, key), new Integr8sClientOptions())
    {
    }

    /// <param name="http">With the API's address, the key as its bearer token, and whatever else the caller wants; disposed with the client.</param>
    public Integr8sClient(HttpClient http, Integr8sClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _http = http;
        _calls = new(http, options);
    }

    /// <summary>Hands a script over. It is durable when this returns, and runs once however often the request had to be sent.</summary>
    /// <exception cref="Integr8sException">The installation refuses it, or could not be reached.</exception>
    public Task<Execution> SubmitAsync(Submission submission, CancellationToken cancellationToken) =>
        SubmitAsync(submission, wait: 0, cancellationToken);

    /// <summary>Hands a script over and waits for its end, however long that takes.</summary>
    /// <returns>The ended execution with its output.</returns>
    /// <exception cref="Integr8sException">The installation refuses it, or could not be reached.</exception>
    public async Task<Execution> RunAsync(Submission submission, CancellationToken cancellationToken)
    {
        const int Seconds = 20;
        var execution = await SubmitAsync(submission, Seconds, cancellationToken).ConfigureAwait(false);

        return execution.HasEnded ? execution : await WaitAsync(execution.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the end of an execution, however long that takes.</summary>
    /// <returns>The ended execution with its output.</returns>
    /// <exception cref="Integr8sException">The caller has no such execution, or the installation could not be reached.</exception>
    public async Task<Execution> WaitAsync(Guid id, CancellationToken cancellationToken)
    {
        await foreach (var _ in StreamAsync(id, cancellationToken).ConfigureAwait(false))
        {
        }

        return await GetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The execution as it stands; with its output once it has ended.</returns>
    /// <exception cref="Integr8sException">The caller has no such execution, or the installation could not be reached.</exception>
    public Task<Execution> GetAsync(Guid id, CancellationToken cancellationToken) =>
        _calls.ReadAsync(() => new(HttpMethod.Get, $"{Executions}/{id}"), ClientJson.Default.Execution, cancellationToken);

    /// <summary>
    /// What happens to an execution, as it happens, from its beginning until its end, whenever it is asked. A connection that breaks is
    /// taken up again where it broke: nothing is missing and nothing comes twice.
    /// </summary>
    /// <exception cref="Integr8sException">The caller has no such execution, or the installation could not be reached any more.</exception>
    public IAsyncEnumerable<ExecutionUpdate> StreamAsync(Guid id, CancellationToken cancellationToken) =>
        ExecutionStream.ReadAsync(_calls, $"{Executions}/{id}/stream", cancellationToken);

    /// <summary>Cancels at once what does not run yet, and asks the worker to kill what runs. What has ended stays as it is.</summary>
    /// <returns>The execution as it stands then, which may still be running for a moment.</returns>
    /// <exception cref="Integr8sException">The caller has no such execution, or the installation could not be reached.</exception>
    public async Task<Execution> CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await _calls.ReadAsync(
                () => new(HttpMethod.Post, $"{Executions}/{id}/cancel"), ClientJson.Default.Execution, cancellationToken).ConfigureAwait(false);
        }
        catch (Integr8sException ended) when (ended.StatusCode is HttpStatusCode.Conflict)
        {
            return await GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The languages of the installation.</summary>
    /// <exception cref="Integr8sException">The installation could not be reached.</exception>
    public async Task<IReadOnlyList<Language>> ListLanguagesAsync(CancellationToken cancellationToken) =>
        (await _calls.ReadAsync(() => new(HttpMethod.Get, "api/v1/languages"), ClientJson.Default.LanguageList, cancellationToken)
            .ConfigureAwait(false)).Items;

    /// <summary>Where the execution's time went, drawn for a terminal of so many columns: 80 to 400.</summary>
    /// <exception cref="Integr8sException">404: there is no trace of it, or, for a second or two after its end, not yet.</exception>
    public Task<string> DrawTraceAsync(Guid id, int columns, CancellationToken cancellationToken) => _calls.ReadTextAsync(
        () => new(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{Executions}/{id}/trace?columns={columns}")) { Headers = { Accept = { new("text/plain") } } }, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Task<Execution> SubmitAsync(Submission submission, int wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var key = submission.IdempotencyKey ?? Guid.CreateVersion7().ToString();
        return _calls.ReadAsync(
            () => new(HttpMethod.Post, $"api/v1/execute?wait={wait}")
            {
                Headers = { { "Idempotency-Key", key } },
                Content = JsonContent.Create(submission, ClientJson.Default.Submission),
            },
            ClientJson.Default.Execution, cancellationToken);
    }

    private static HttpClient Connect(Uri address, string key)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentException.ThrowIfNullOrEmpty(key);
        var root = address.AbsoluteUri.EndsWith('/') ? address : new Uri($"{address.AbsoluteUri}/");
        return new() { BaseAddress = root, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
    }
}
