using Integr8sCode.Executions;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>One script to run.</summary>
/// <param name="Language">One of <see cref="LanguageCatalog.Languages"/>.</param>
/// <param name="Files">The script first, then whatever it reads; paths must be plain and must not clash.</param>
internal sealed record SandboxRun(Language Language, IReadOnlyList<SandboxFile> Files)
{
    public ReadOnlyMemory<byte> Stdin { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Only names in <see cref="SandboxOptions.EnvironmentNames"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Moved into the configured bounds; default the language's limits.</summary>
    public SandboxLimits Limits { get; init; } = Language.Limits;

    /// <summary>Where its output is shown while it runs, that of a compiler excepted; default nowhere.</summary>
    public LiveOutput? Live { get; init; }

    /// <exception cref="ArgumentException">The run breaks one of the rules above; the message says which.</exception>
    internal void Check(SandboxOptions options)
    {
        if (Files.Select(file => file.Path).FirstOrDefault(path => !ExecutionFile.IsPlain(path)) is { } outside)
        {
            throw new ArgumentException($"The file path '{outside}' is not a plain relative path.");
        }
        if (ExecutionFiles.FindClashes([.. Files.Select(file => file.Path)]).Any())
        {
            throw new ArgumentException("Two files have the same path, or one is where another needs a directory.");
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
}
