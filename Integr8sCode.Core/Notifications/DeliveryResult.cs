namespace Integr8sCode.Notifications;

/// <summary>What came of one attempt.</summary>
/// <param name="StatusCode">What the receiver answered; absent where it did not.</param>
/// <param name="Error">Why the attempt failed, in a sentence that names no secret; <see langword="null"/> where it succeeded.</param>
/// <param name="IsTransient">Another attempt may succeed.</param>
/// <param name="RetryAfter">How long the receiver asks to wait before that.</param>
public sealed record DeliveryResult(int? StatusCode, string? Error = null, bool IsTransient = false, TimeSpan? RetryAfter = null)
{
    public bool IsDelivered => Error is null;
}
