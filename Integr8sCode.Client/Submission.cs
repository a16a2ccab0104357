using System.Text.Json.Serialization;

namespace Integr8sCode.Client;

/// <summary>A script to run. The installation checks every field and names the wrong ones.</summary>
/// <param name="Script">The script: 1 byte to 64 KiB of UTF-8.</param>
/// <param name="Language">Name of a language, as <see cref="Integr8sClient.ListLanguagesAsync"/> lists them.</param>
public sealed record Submission(string Script, string Language)
{
    /// <summary>Version of the language or a prefix of it (3, 3.11); any installed one when absent.</summary>
    public string? Version { get; init; }

    /// <summary>What the script reads from its standard input: at most 64 KiB of UTF-8.</summary>
    public string? Stdin { get; init; }

    /// <summary>Command-line arguments: at most 64 of at most 4 KiB each.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Wall-clock limit in seconds, 1 to 300; the language's default when absent.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>Limits of this run; absent ones are the language's defaults.</summary>
    public SubmissionLimits? Limits { get; init; }

    /// <summary>Files beside the script: at most 20, together at most 256 KiB.</summary>
    public IReadOnlyList<SubmissionFile>? Files { get; init; }

    /// <summary>Environment variables of the script, as far as the language allows them.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>high goes ahead of what has waited up to five minutes longer, low lets as much pass; normal when absent.</summary>
    public string? Priority { get; init; }

    /// <summary>
    /// 1 to 128 visible ASCII characters: another submission of the user with the same key is this execution. One is made up when absent,
    /// so that a request that has to be sent again runs once.
    /// </summary>
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }
}
