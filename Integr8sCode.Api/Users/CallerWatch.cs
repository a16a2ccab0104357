namespace Integr8sCode.Users;

/// <summary>
/// Looks again, as long as a request stays open, whether its caller may still make it: keys expire and are deleted, users are disabled and
/// lose their role.
/// </summary>
internal sealed class CallerWatch(ApiKeyDirectory keys, TimeProvider clock)
{
    /// <summary>Ends once the caller would be refused, which is seen within twice <see cref="ApiKeyDirectory.Memory"/>.</summary>
    public async Task WaitUntilRefusedAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ApiKeyDirectory.Memory, clock);
        do
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
        while (await IsLetInAsync(http, cancellationToken));
    }

    private async Task<bool> IsLetInAsync(HttpContext http, CancellationToken cancellationToken)
    {
        try
        {
            return ApiKeyAuthentication.KeyOf(http.Request) is { } key
                && (keys.FindRemembered(key) ?? await keys.FindAsync(key, cancellationToken)) is { } caller
                && (caller.User.Role is UserRole.Admin || !http.User.IsAdmin());
        }
        catch (StoreUnavailableException)
        {
            return true; // as long as nobody can tell
        }
    }
}
