using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Executions;

internal static class LanguageEndpoints
{
    public static void MapLanguages(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/languages", ListAsync)
        .WithTags("Languages")
        .WithName("ListLanguages")
        .WithSummary("What this installation really runs, as its workers found out, with versions and limits.")
        .AllowAnonymous();

    private static async Task<Ok<LanguageList>> ListAsync(LanguageDirectory languages, CancellationToken cancellationToken) =>
        TypedResults.Ok(new LanguageList(await languages.ListAsync(cancellationToken)));
}

public sealed record LanguageList(IReadOnlyList<LanguageView> Items);

/// <param name="Available">True while a worker that runs it is alive; otherwise scripts wait for one.</param>
public sealed record LanguageView(string Name, string Version, bool Available, string FileName, string Example, LanguageLimits Limits)
{
    internal static LanguageView Of(LanguageDescription language, bool available) =>
        new(language.Name, language.Version, available, language.FileName, language.Example, language.Limits);
}
