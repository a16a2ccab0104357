using System.Text.Json;

namespace Integr8sCode.Executions;

/// <summary>What to run; also the data of <c>execution.requested</c>.</summary>
public sealed record ExecutionRequest
{
    public const int MaxScriptBytes = 64 * 1024;
    public const int MaxStdinBytes = 64 * 1024;
    public const int MaxArgs = 64;
    public const int MaxArgBytes = 4 * 1024;
    public const int MaxTimeoutSeconds = 300;
    public const int MaxFiles = 20;
    public const int MaxFileBytes = 256 * 1024;
    public const int MaxEnv = 32;
    public const int MaxEnvBytes = 4 * 1024;

    /// <summary>All of it as JSON, escapes included: with its event's envelope it fits into a message of Kafka's default size.</summary>
    public const int MaxJsonBytes = 1_000_000;

    /// <summary>1 byte to 64 KiB of UTF-8.</summary>
    public required string Script { get; init; }

    public required string Language { get; init; }

    /// <summary>Version of the language, as the worker announced it or a prefix of that (<c>3</c>, <c>3.11</c>); any when absent.</summary>
    public string? Version { get; init; }

    /// <summary>At most 64 KiB of UTF-8; the script reads end-of-file at once when absent.</summary>
    public string? Stdin { get; init; }

    /// <summary>At most 64 arguments of at most 4 KiB each.</summary>
    public IReadOnlyList<string> Args
    {
        get;
        init => field = value ?? []; // the generated JSON reader passes null where the field is absent
    } = [];

    /// <summary>Wall-clock limit in seconds, 1 to 300; the language's default when absent.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>Normal when absent.</summary>
    public ExecutionPriority Priority { get; init; }

    /// <summary>Limits other than the language's defaults, within the bounds that the language announces.</summary>
    public ExecutionLimits? Limits { get; init; }

    /// <summary>At most 20 files of together 256 KiB, beside the script.</summary>
    public IReadOnlyList<ExecutionFile> Files
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Environment variables, of the names that the language announces: at most 32 of at most 4 KiB each.</summary>
    public IReadOnlyDictionary<string, string> Env
    {
        get;
        init => field = value ?? new Dictionary<string, string>();
    } = new Dictionary<string, string>();

    /// <summary>True where both would run the very same thing; decides if a repeated Idempotency-Key is a repetition.</summary>
    public bool IsSameAs(ExecutionRequest other) => ToJson().AsSpan().SequenceEqual(other.ToJson());

    private byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CoreJson.Default.ExecutionRequest);
}
