using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Integr8sCode.DeadLetters;

/// <summary>What went wrong when the message was tried last.</summary>
public sealed record DeadLetterFailure
{
    private const int FingerprintLength = 16;

    public required DeadLetterStage Stage { get; init; }
    public required string ExceptionType { get; init; }
    public required string ExceptionMessage { get; init; }

    /// <summary>At most 4 KiB.</summary>
    public string? StackTrace { get; init; }

    /// <summary>How often the handler was tried before giving up.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset FailedAt { get; init; }

    /// <summary>Context of the failed <c>kafka.consume</c> span.</summary>
    public string? TraceParent { get; init; }

    /// <summary>A handler's failure may pass; what cannot be read never will.</summary>
    [JsonIgnore]
    public bool IsPermanent => Stage is not DeadLetterStage.Handle;

    /// <summary>The method that threw, without its file and line, which change with every build.</summary>
    [JsonIgnore]
    public string? TopFrame => StackTrace?.Split('\n', 2)[0].Trim() is { } line && line.StartsWith("at ", StringComparison.Ordinal)
        ? line["at ".Length..].Split(" in ", 2)[0]
        : null;

    /// <summary>The same for failures of the same kind: the exception's type and the method that threw.</summary>
    [JsonIgnore]
    public string Fingerprint =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ExceptionType}\n{TopFrame}")))[..FingerprintLength];
}
