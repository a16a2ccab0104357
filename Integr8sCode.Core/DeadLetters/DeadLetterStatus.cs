using System.Text.Json.Serialization;

namespace Integr8sCode.DeadLetters;

/// <summary>
/// <c>pending -> scheduled -> retrying -> resolved | dead -> archived | discarded</c>. A letter that waits for an operator stays pending;
/// one that fails again is pending again.
/// </summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<DeadLetterStatus>))]
public enum DeadLetterStatus { Pending, Scheduled, Retrying, Resolved, Dead, Archived, Discarded }
