using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using Integr8sCode.RateLimits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Integr8sCode.Users;

/// <summary>
/// Reads the key from <c>Authorization: Bearer</c> or <c>X-API-Key</c> and finds whose it is. A key that is unknown, expired, or of a
/// disabled user is answered alike.
/// </summary>
internal sealed class ApiKeyAuthentication(
    ApiKeyDirectory keys, FailedSignIns failures, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-API-Key";
    private const string BearerPrefix = "Bearer ";
    private const int MaxKeyLength = 256;

    private TimeSpan _wait;

    /// <returns>The key that the request shows; <see langword="null"/> where it shows none.</returns>
    public static string? KeyOf(HttpRequest request)
    {
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        if (authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[BearerPrefix.Length..].Trim();
        }

        return request.Headers[Header].ToString() is { Length: > 0 } key ? key : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } presented)
        {
            return AuthenticateResult.NoResult();
        }

        if (keys.FindRemembered(presented) is { } remembered)
        {
            return Succeed(remembered);
        }

        var address = ClientAddress.Of(Context);
        _wait = failures.WaitOf(address);
        if (_wait > TimeSpan.Zero)
        {
            return AuthenticateResult.Fail("Too many wrong API keys.");
        }

        if (presented.Length <= MaxKeyLength && await keys.FindAsync(presented, Context.RequestAborted) is { } caller)
        {
            return Succeed(caller);
        }

        failures.Note(address);
        return AuthenticateResult.Fail("Unknown API key.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait > TimeSpan.Zero)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = Math.Ceiling(_wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }

    private static AuthenticateResult Succeed(Caller caller)
    {
        Activity.Current?.SetTag(SpanAttributes.UserId, caller.User.Id);
        return AuthenticateResult.Success(new(UserClaims.PrincipalOf(caller.User, SchemeName), SchemeName));
    }
}
