namespace Integr8sCode.Notifications;

/// <summary>One POST to an address that a user gave.</summary>
/// <param name="Url">May hold a secret.</param>
/// <param name="Body">JSON.</param>
/// <param name="Attempt">From 1.</param>
internal sealed record OutboundCall(
    string Url, NotificationChannel Channel, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers, int Attempt)
{
    /// <summary>Without the address, so that it cannot get into a log.</summary>
    public override string ToString() => $"POST of {Body.Length} bytes to {Destination.Redact(Url)}";
}
