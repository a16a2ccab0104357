using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Executions;

/// <summary>A script to run.</summary>
public sealed record SubmitExecution
{
    /// <summary>The script: 1 byte to 64 KiB of UTF-8.</summary>
    [Required, MaxLength(ExecutionRequest.MaxScriptBytes)]
    public string? Script { get; init; }

    /// <summary>Name of a language, as GET /api/v1/languages lists them.</summary>
    [Required, DefaultValue("python")]
    public string? Language { get; init; }

    /// <summary>Version of the language or a prefix of it (3, 3.11); any installed one when absent.</summary>
    public string? Version { get; init; }

    /// <summary>What the script reads from its standard input: at most 64 KiB of UTF-8.</summary>
    [MaxLength(ExecutionRequest.MaxStdinBytes)]
    public string? Stdin { get; init; }

    /// <summary>Command-line arguments: at most 64 of at most 4 KiB each.</summary>
    [MaxLength(ExecutionRequest.MaxArgs)]
    public IReadOnlyList<string?>? Args { get; init; }

    /// <summary>Wall-clock limit in seconds, 1 to 300; the language's default when absent.</summary>
    [Range(1, ExecutionRequest.MaxTimeoutSeconds)]
    public double? TimeoutSeconds { get; init; }

    /// <summary>How soon it should run, among what waits: high and low are worth five minutes of waiting; normal when absent.</summary>
    public ExecutionPriority Priority { get; init; }

    /// <summary>Limits of this run, within the minimum and maximum that GET /api/v1/languages tells; absent ones are the language's defaults.</summary>
    public ExecutionLimits? Limits { get; init; }

    /// <summary>Files beside the script: at most 20, together at most 256 KiB once decoded.</summary>
    [MaxLength(ExecutionRequest.MaxFiles)]
    public IReadOnlyList<ExecutionFile?>? Files { get; init; }

    /// <summary>Environment variables of the script: names that GET /api/v1/languages lists, values of at most 4 KiB.</summary>
    [MaxLength(ExecutionRequest.MaxEnv)]
    public IReadOnlyDictionary<string, string?>? Env { get; init; }

    /// <summary>The request as it was sent: <see cref="ExecutionRules"/> says whether it is one.</summary>
    internal ExecutionRequest ToRequest() => new()
    {
        Script = Script!,
        Language = Language!,
        Version = Version,
        Stdin = Stdin,
        Args = [.. Args?.Select(arg => arg!) ?? []],
        TimeoutSeconds = TimeoutSeconds,
        Priority = Priority,
        Limits = Limits,
        Files = [.. Files?.Select(file => file!) ?? []],
        Env = Env?.ToDictionary(pair => pair.Key, pair => pair.Value!) ?? [],
    };
}
