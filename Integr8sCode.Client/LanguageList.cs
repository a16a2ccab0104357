namespace Integr8sCode.Client;

internal sealed record LanguageList(IReadOnlyList<Language> Items);
