using System.Text.Json.Serialization;

namespace Integr8sCode.Sagas;

[JsonConverter(typeof(SnakeCaseEnumConverter<SagaStatus>))]
public enum SagaStatus { Running, Completed, Failed, Cancelled }
