using System.Text.Json.Serialization;

namespace Integr8sCode.Traces;

[JsonConverter(typeof(SnakeCaseEnumConverter<BranchKind>))]
public enum BranchKind
{
    /// <summary>Another attempt at what was tried before.</summary>
    Retry,

    DeadLetter,
    Replay,

    /// <summary>Points to a span of another trace.</summary>
    Link,
}
