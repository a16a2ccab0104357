using System.Text.Json.Serialization;

namespace Integr8sCode.Executions;

/// <summary>What kind of failure made an execution <see cref="ExecutionStatus.Failed"/>.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ErrorType>))]
public enum ErrorType { ResourceLimit, WorkerLost, SystemError, InvalidRequest }
