namespace Integr8sCode.Notifications;

/// <summary>One try to deliver a notification.</summary>
/// <param name="Number">From 1.</param>
/// <param name="FinishedAt">Absent while the attempt goes on.</param>
/// <param name="StatusCode">What the receiver answered; absent where it did not.</param>
/// <param name="Error">Why the attempt failed, in a sentence that names no secret; absent where it did not.</param>
public sealed record DeliveryAttempt(
    int Number, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt = null, int? StatusCode = null, string? Error = null);
