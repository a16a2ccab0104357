namespace Integr8sCode.Events;

/// <summary>How an object of this process takes part in a <see cref="Broadcast{TEnd}"/>.</summary>
internal sealed record BroadcastEnd<TEnd>(string Topic, Action<TEnd, Action<byte[]>> Connect, Action<TEnd, byte[]> Hear);
