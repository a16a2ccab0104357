namespace Integr8sCode.Executions;

/// <summary>A requested version is the version itself or a prefix of its dotted parts; none matches any.</summary>
public static class LanguageVersion
{
    public static bool Matches(string? requested, string installed) =>
        requested is null
        || installed == requested
        || (installed.StartsWith(requested, StringComparison.Ordinal) && installed[requested.Length] == '.');
}
