using System.Diagnostics;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Integr8sCode.Users;

/// <summary>Reads the key from <c>Authorization: Bearer</c> or <c>X-API-Key</c> and looks its hash up.</summary>
internal sealed class ApiKeyAuthentication(
    ApiKeyDirectory keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-API-Key";
    private const string BearerPrefix = "Bearer ";
    private const int MaxKeyLength = 256;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ReadKey() is not { } presented)
        {
            return AuthenticateResult.NoResult();
        }

        if (presented.Length > MaxKeyLength || await keys.FindAsync(presented, Context.RequestAborted) is not { } key)
        {
            return AuthenticateResult.Fail("Unknown API key.");
        }

        Activity.Current?.SetTag(SpanAttributes.UserId, key.UserId);

        return AuthenticateResult.Success(new(UserClaims.PrincipalOf(key, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }

    private string? ReadKey()
    {
        var authorization = Request.Headers[HeaderNames.Authorization].ToString();
        if (authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[BearerPrefix.Length..].Trim();
        }

        return Request.Headers[Header].ToString() is { Length: > 0 } key ? key : null;
    }
}
