using Integr8sCode.Settings;
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
    /// <summary>The least that a request may ask for in <c>limits</c>.</summary>
    public ExecutionLimits? Minimum { get; init; }

    /// <summary>The most that a request may ask for in <c>limits</c>.</summary>
    public ExecutionLimits? Maximum { get; init; }

    /// <summary>Names that a request may set in <c>env</c>.</summary>
    public required IReadOnlyList<string> EnvironmentNames { get; init; }

    /// <summary>Limits of the compiler; absent where the language has none.</summary>
    public ExecutionLimits? CompileLimits { get; init; }

    internal static LanguageView Of(LanguageDescription language, bool available) =>
        new(language.Name, language.Version, available, language.FileName, language.Example, language.Limits)
        {
            Minimum = language.Minimum,
            Maximum = language.Maximum,
            EnvironmentNames = language.EnvironmentNames,
            CompileLimits = language.CompileLimits,
        };

    /// <summary>The language with the limits that the settings leave it.</summary>
    internal LanguageView Under(PlatformSettings settings)
    {
        var limits = settings.Apply(new(), Limits.ToLimits());
        var most = settings.MaximumLimits?.TimeoutSeconds ?? Limits.MaxTimeoutSeconds;

        return this with
        {
            Limits = LanguageLimits.Of(limits, Math.Min(most, Limits.MaxTimeoutSeconds)),
            Maximum = Maximum?.AtMost(settings.MaximumLimits),
        };
    }

    /// <returns>What of the request this language does not allow, by field.</returns>
    internal IEnumerable<(string Field, string Message)> FindRefused(ExecutionRequest request)
    {
        var limits = Minimum is not null && Maximum is not null && request.Limits is not null ? request.Limits.FindOutside(Minimum, Maximum) : [];
        return limits.Select(limit => ($"limits.{limit.Field}", limit.Message))
            .Concat(request.TimeoutSeconds > Limits.MaxTimeoutSeconds ? [("timeout_seconds", FormattableString.Invariant($"At most {Limits.MaxTimeoutSeconds}."))] : [])
            .Concat(request.Env.Keys.Except(EnvironmentNames)
                .Select(name => ($"env.{name}", $"Cannot be set; {string.Join(", ", EnvironmentNames)} can.")))
            .Concat(ExecutionFiles.FindClashes([.. request.Files.Select(file => file.Path!)], FileName));
    }
}
