using System.Text.Json.Serialization;

namespace Integr8sCode.Sagas;

/// <summary>The steps of the <c>execution</c> saga, in order.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SagaStep>))]
public enum SagaStep
{
    Validate,

    /// <summary>Waits until its user has room below the cap.</summary>
    Allocate,
    Schedule,
    AwaitOutcome,
}
