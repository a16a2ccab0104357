namespace Integr8sCode.Users;

/// <summary>Whom a route serves.</summary>
public enum RouteAccess
{
    /// <summary>Everybody, without a key as well.</summary>
    Open,

    /// <summary>Whoever has a key, and shows them their own.</summary>
    SignedIn,

    /// <summary>The owner of what the route names, and admins; for all others it does not exist.</summary>
    Owned,

    /// <summary>Admins only.</summary>
    Admin,
}
