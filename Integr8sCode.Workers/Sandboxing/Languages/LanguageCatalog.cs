using Integr8sCode.Executions;

namespace Integr8sCode.Sandboxing.Languages;

/// <summary>The languages this worker can run; empty until <see cref="SandboxPool.Ready"/>.</summary>
internal sealed class LanguageCatalog
{
    /// <summary>By name, the newest version of each first.</summary>
    public IReadOnlyList<Language> Languages { get; private set; } = [];

    /// <summary>The language of that name: the newest whose version is <paramref name="version"/> or starts with it ("3" finds 3.11.2), the newest of all without one.</summary>
    public Language? Find(string name, string? version) =>
        Languages.FirstOrDefault(language => language.Name == name && LanguageVersion.Matches(version, language.Version));

    internal void Offer(IEnumerable<Language> languages) =>
        Languages = [.. languages.OrderBy(language => language.Name, StringComparer.Ordinal).ThenByDescending(language => Version.Parse(language.Version))];
}
