using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>One script to run.</summary>
/// <param name="Language">One of <see cref="LanguageCatalog.Languages"/>.</param>
/// <param name="Files">The script first, then whatever it reads; paths must be distinct.</param>
internal sealed record SandboxRun(Language Language, IReadOnlyList<SandboxFile> Files)
{
    public ReadOnlyMemory<byte> Stdin { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Only names in <see cref="SandboxOptions.EnvironmentNames"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Moved into the configured bounds; default the language's limits.</summary>
    public SandboxLimits Limits { get; init; } = Language.Limits;

    /// <exception cref="ArgumentException">The run breaks one of the rules above; the message says which.</exception>
    internal void Check(SandboxOptions options)
    {
        if (Files.Select(file => file.Path).FirstOrDefault(path => !IsInside(path)) is { } outside)
        {
            throw new ArgumentException($"The file path '{outside}' is not a plain relative path.");
        }
        if (Files.Select(file => file.Path).Distinct().Count() != Files.Count)
        {
            throw new ArgumentException("Two files have the same path.");
        }
        if (Environment.Keys.FirstOrDefault(name => !options.EnvironmentNames.Contains(name)) is { } refused)
        {
            throw new ArgumentException($"The environment variable '{refused}' may not be set.");
        }
        if (Arguments.Concat(Environment.Values).Any(value => value.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ArgumentException("Arguments and environment values must not contain a zero character.");
        }
    }

    private static bool IsInside(string path) =>
        path.Length is > 0 and <= 255
        && !path.Contains('\0', StringComparison.Ordinal)
        && path.Split('/').All(part => part is not ("" or "." or ".."));
}
