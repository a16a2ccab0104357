namespace Integr8sCode.Streaming;

/// <summary>One server-sent event.</summary>
/// <param name="Id">What the reader sends as <c>Last-Event-ID</c> to get what comes after it.</param>
/// <param name="Data">JSON, which has no line breaks.</param>
internal readonly record struct StreamItem(string Event, string Id, byte[] Data);
