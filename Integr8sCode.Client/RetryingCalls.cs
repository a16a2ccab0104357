using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Integr8sCode.Client;

/// <summary>Sends requests that may be repeated until one is answered, or the options' bounds are reached.</summary>
internal sealed class RetryingCalls(HttpClient http, Integr8sClientOptions options)
{
    public async Task<T> ReadAsync<T>(Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(make, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new Integr8sException("The answer is not what an Integr8sCode installation answers.", exception);
        }
    }

    public Task<string> ReadTextAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            using var response = await SendAsync(make, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
            return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    /// <returns>An answer of success whose body is still to be read, and to be disposed.</returns>
    public Task<HttpResponseMessage> OpenAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken) => TryAsync(
        () => SendAsync(make, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);

    /// <summary>Pauses after failures that the caller counts, none at first, until there are too many.</summary>
    public Task PauseAsync(int failures, string message, CancellationToken cancellationToken) =>
        failures == 0 ? Task.CompletedTask
        : failures < options.MaxAttempts ? Task.Delay(Backoff(failures), options.Clock, cancellationToken)
        : throw new Integr8sException(message);

    /// <summary>Whether the connection failed, which says nothing about the request.</summary>
    public static bool IsBroken(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Integr8sException refused) when (attempt < options.MaxAttempts && PauseOf(refused, attempt) is { } named)
            {
                pause = named;
            }
            catch (Exception exception) when (IsBroken(exception, cancellationToken))
            {
                if (attempt == options.MaxAttempts)
                {
                    throw new Integr8sException($"{http.BaseAddress} cannot be reached: {exception.Message}", exception);
                }

                pause = Backoff(attempt);
            }

            await Task.Delay(pause, options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = make();
        var response = await http.SendAsync(request, completion, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Integr8sException.OfAsync(response, options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Null where asking again cannot help, or only after a longer pause than the caller wants.</returns>
    private TimeSpan? PauseOf(Integr8sException refused, int attempt) =>
        refused.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) ? null
        : refused.RetryAfter is not { } asked ? Backoff(attempt)
        : asked <= options.MaxPause ? asked
        : null;

    // Half of it is chance, so that callers who failed together do not come back together.
    private TimeSpan Backoff(int attempt) =>
        Min(options.FirstPause * Math.Pow(2, attempt - 1), options.MaxPause) * (0.5 + (Random.Shared.NextDouble() / 2));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
