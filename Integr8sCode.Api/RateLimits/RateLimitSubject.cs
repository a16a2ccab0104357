using Integr8sCode.Users;

namespace Integr8sCode.RateLimits;

/// <summary>Who is counted: the user, or the address of whoever has no key.</summary>
internal static class RateLimitSubject
{
    public static string OfUser(string userId) => $"user:{userId}";

    public static string Of(HttpContext http) =>
        UserOf(http) is { } userId ? OfUser(userId) : $"address:{ClientAddress.Of(http)}";

    public static string? UserOf(HttpContext http) => http.User.Identity is { IsAuthenticated: true } ? http.User.Id() : null;
}
