using System.Text.Json.Serialization;

namespace Integr8sCode.DeadLetters;

/// <summary>Where a message failed: decoding and validation are permanent, handling may pass on a retry.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<DeadLetterStage>))]
public enum DeadLetterStage { Decode, Validate, Handle }
