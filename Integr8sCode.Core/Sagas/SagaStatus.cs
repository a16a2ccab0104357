using System.Text.Json.Serialization;

namespace Integr8sCode.Sagas;

[JsonConverter(typeof(SnakeCaseEnumConverter<SagaStatus>))]
public enum SagaStatus
{
    Running,

    /// <summary>The execution failed, timed out or was cancelled: what the steps have taken is given back.</summary>
    Compensating,
    Completed,
    Failed,
    Timeout,
    Cancelled,
}
