using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Integr8sCode.DeadLetters;

/// <summary>What went wrong when the message was tried last.</summary>
public sealed record DeadLetterFailure
{
    private const int FingerprintLength = 16;
    private const string FramePrefix = "at ";

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

    /// <summary>
    /// The method that threw, without its file and line, which change with every build: the first that is not .NET's own, because a
    /// guard of .NET's is the same for every caller.
    /// </summary>
    [JsonIgnore]
    public string? TopFrame => Frames.FirstOrDefault(frame => !IsFramework(frame)) ?? Frames.FirstOrDefault();

    /// <summary>The same for failures of the same kind: the exception's type and the method that threw.</summary>
    [JsonIgnore]
    public string Fingerprint =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ExceptionType}\n{TopFrame}")))[..FingerprintLength];

    // "   at Integr8sCode.Things.DoAsync(Event message) in /src/Things.cs:line 12"
    private IEnumerable<string> Frames =>
        from line in StackTrace?.Split('\n', StringSplitOptions.TrimEntries) ?? []
        where line.StartsWith(FramePrefix, StringComparison.Ordinal)
        select line[FramePrefix.Length..].Split(" in ", 2)[0];

    private static bool IsFramework(string frame) =>
        frame.StartsWith("System.", StringComparison.Ordinal) || frame.StartsWith("Microsoft.", StringComparison.Ordinal);
}
