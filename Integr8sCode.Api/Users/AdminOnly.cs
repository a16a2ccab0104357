namespace Integr8sCode.Users;

internal static class AdminOnly
{
    /// <summary>Serves admins; everybody else who has a key gets a 403.</summary>
    public static TBuilder RequireAdmin<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization(policy => policy.RequireRole(nameof(UserRole.Admin)));
}
