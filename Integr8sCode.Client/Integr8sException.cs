using System.Net;
using System.Text.Json;

namespace Integr8sCode.Client;

/// <summary>The installation refused a request or could not be reached. The message is one line for a person.</summary>
public sealed class Integr8sException : Exception
{
    internal Integr8sException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>What it answered; <see langword="null"/> where there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; private init; }

    /// <summary>What is wrong with the request, by field; empty where it was not about a field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; private init; } = new Dictionary<string, string[]>();

    /// <summary>To ask about it: the trace of the refused request.</summary>
    public string? TraceId { get; private init; }

    /// <summary>For programs, where several things may be meant: for a trace <c>not_yet</c>, <c>not_sampled</c> and so on.</summary>
    public string? Reason { get; private init; }

    /// <summary>When asking again may help; <see langword="null"/> where the answer names no time.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    internal static async Task<Integr8sException> OfAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var problem = Read(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        var errors = problem?.Errors ?? [];
        var said = errors.Count > 0
            ? string.Join(' ', errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}"))
            : problem?.Detail ?? problem?.Title ?? response.ReasonPhrase;

        return new($"{(int)response.StatusCode}: {said}")
        {
            StatusCode = response.StatusCode,
            Errors = errors,
            TraceId = problem?.TraceId,
            Reason = problem?.Reason,
            RetryAfter = RetryAfterOf(response, clock),
        };
    }

    private static Problem? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Default.Problem);
        }
        catch (JsonException)
        {
            return null; // something between us and the installation answered
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider clock)
    {
        var pause = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - clock.GetUtcNow() : null;

        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }
}
