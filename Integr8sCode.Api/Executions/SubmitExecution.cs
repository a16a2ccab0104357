using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;

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

    /// <summary>Limits of this run, within the minimum and maximum that GET /api/v1/languages tells; absent ones are the language's defaults.</summary>
    public ExecutionLimits? Limits { get; init; }

    /// <summary>Files beside the script: at most 20, together at most 256 KiB once decoded.</summary>
    [MaxLength(ExecutionRequest.MaxFiles)]
    public IReadOnlyList<ExecutionFile?>? Files { get; init; }

    /// <summary>Environment variables of the script: names that GET /api/v1/languages lists, values of at most 4 KiB.</summary>
    [MaxLength(ExecutionRequest.MaxEnv)]
    public IReadOnlyDictionary<string, string?>? Env { get; init; }

    internal ExecutionRequest ToRequest() => new()
    {
        Script = Script!,
        Language = Language!,
        Version = Version,
        Stdin = Stdin,
        Args = [.. Args?.OfType<string>() ?? []],
        TimeoutSeconds = TimeoutSeconds,
        Limits = Limits,
        Files = [.. Files?.OfType<ExecutionFile>() ?? []],
        Env = Env?.ToDictionary(pair => pair.Key, pair => pair.Value!) ?? [],
    };

    /// <returns>What is wrong, by field; empty when all is well. Whether the language exists is not asked here.</returns>
    internal Dictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();

        Check("script", !string.IsNullOrEmpty(Script), "A script is required.");
        Check("script", Fits(Script, ExecutionRequest.MaxScriptBytes), $"At most {ExecutionRequest.MaxScriptBytes} bytes of UTF-8.");
        Check("language", !string.IsNullOrWhiteSpace(Language), "A language is required.");
        Check("stdin", Fits(Stdin, ExecutionRequest.MaxStdinBytes), $"At most {ExecutionRequest.MaxStdinBytes} bytes of UTF-8.");
        Check("args", Args is not { Count: > ExecutionRequest.MaxArgs }, $"At most {ExecutionRequest.MaxArgs} arguments.");
        for (var i = 0; i < Math.Min(Args?.Count ?? 0, ExecutionRequest.MaxArgs); i++)
        {
            Check($"args[{i}]", Args![i] is not null, "An argument must be a string.");
            Check($"args[{i}]", Fits(Args[i], ExecutionRequest.MaxArgBytes), $"At most {ExecutionRequest.MaxArgBytes} bytes of UTF-8.");
            Check($"args[{i}]", Args[i]?.Contains('\0') is not true, "An argument cannot contain a NUL character.");
        }

        Check("timeout_seconds", TimeoutSeconds is null or (>= 1 and <= ExecutionRequest.MaxTimeoutSeconds),
            $"From 1 to {ExecutionRequest.MaxTimeoutSeconds} seconds.");
        Check("limits.timeout_seconds", TimeoutSeconds is null || Limits?.TimeoutSeconds is null, "Give timeout_seconds here or outside of limits, not both.");
        Check("env", Env is not { Count: > ExecutionRequest.MaxEnv }, $"At most {ExecutionRequest.MaxEnv} variables.");
        foreach (var (name, value) in Env ?? new Dictionary<string, string?>())
        {
            Check($"env.{name}", value is not null && !value.Contains('\0'), "A value must be a string without NUL characters.");
            Check($"env.{name}", Fits(value, ExecutionRequest.MaxEnvBytes), $"At most {ExecutionRequest.MaxEnvBytes} bytes of UTF-8.");
        }

        foreach (var (field, message) in ExecutionFiles.FindErrors(Files ?? []))
        {
            Check(field, false, message);
        }

        return errors;

        void Check(string field, bool holds, string message)
        {
            if (!holds)
            {
                errors.TryAdd(field, [message]);
            }
        }
    }

    private static bool Fits(string? text, int bytes) => text is null || Encoding.UTF8.GetByteCount(text) <= bytes;
}
