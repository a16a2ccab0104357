namespace Integr8sCode.Events;

/// <summary>Where to go on in the matching events, and how far.</summary>
/// <param name="After">Cursor: the event that came last on the page before; <see langword="null"/> for the first page.</param>
/// <param name="Limit">Most events to return.</param>
/// <param name="Order">By when the events were recorded.</param>
public sealed record EventPage(Guid? After = null, int Limit = 100, RecordingOrder Order = RecordingOrder.OldestFirst);
