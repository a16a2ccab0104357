using System.Diagnostics.CodeAnalysis;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Streaming;

/// <summary>Bounds how many requests stay open at one time, for each user and for the process.</summary>
internal sealed class StreamSlots(IOptions<StreamOptions> options)
{
    private const string RetryAfterSeconds = "5";

    private readonly Dictionary<string, int> _byUser = [];
    private int _all;

    /// <returns>False where the user or the process has too many; the problem is then the answer, and its Retry-After is set.</returns>
    public bool TryTake(HttpContext http, [NotNullWhen(true)] out IDisposable? slot, [NotNullWhen(false)] out ProblemHttpResult? refused)
    {
        slot = TryTake(http.User.Id(), out var status);
        refused = slot is null ? Refuse(http, status) : null;

        return slot is not null;
    }

    /// <returns>What to dispose in the end; <see langword="null"/> where none is free.</returns>
    public IDisposable? TryTake(string userId) => TryTake(userId, out _);

    private Slot? TryTake(string userId, out int status)
    {
        lock (_byUser)
        {
            var held = _byUser.GetValueOrDefault(userId);
            status = held >= options.Value.MaxPerUser ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
            if (held >= options.Value.MaxPerUser || _all >= options.Value.MaxPerProcess)
            {
                return null;
            }

            _byUser[userId] = held + 1;
            _all++;

            return new(this, userId);
        }
    }

    private static ProblemHttpResult Refuse(HttpContext http, int status)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Problem(
            status == StatusCodes.Status429TooManyRequests ? "You have too many streams open." : "Too many streams are open.",
            statusCode: status);
    }

    private void Release(string userId)
    {
        lock (_byUser)
        {
            _all--;
            if (--_byUser[userId] == 0)
            {
                _byUser.Remove(userId);
            }
        }
    }

    private sealed class Slot(StreamSlots slots, string userId) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                slots.Release(userId);
            }
        }
    }
}
