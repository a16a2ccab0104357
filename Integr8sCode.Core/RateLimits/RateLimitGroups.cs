namespace Integr8sCode.RateLimits;

/// <summary>The groups that routes are in. A rule is about one of them.</summary>
public static class RateLimitGroups
{
    /// <summary>What starts a script.</summary>
    public const string Execution = "execution";

    /// <summary>What people ask again and again while a script runs.</summary>
    public const string Result = "result";

    /// <summary>What only admins may do.</summary>
    public const string Admin = "admin";

    /// <summary>What opens a stream of server-sent events.</summary>
    public const string Stream = "stream";

    /// <summary>Every other route; a rule of this group is about all of them.</summary>
    public const string Api = "api";

    public static IReadOnlyList<string> All { get; } = [Execution, Result, Admin, Stream, Api];
}
