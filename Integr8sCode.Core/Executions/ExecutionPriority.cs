using System.Text.Json.Serialization;

namespace Integr8sCode.Executions;

/// <summary>How soon a caller wants an execution to run; <see cref="PlaceInLine"/> says what it is worth.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ExecutionPriority>))]
public enum ExecutionPriority
{
    Normal,
    High,
    Low,
}
