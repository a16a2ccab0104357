namespace Integr8sCode.Traces;

/// <param name="Truncated">Some route has more traces in the range than were read, which are the latest, or is among the incomplete ones.</param>
/// <param name="IncompleteRoutes">Of these not all, or nothing, was read: there was no time, or the answer was too large. A smaller range or limit helps.</param>
/// <param name="Topics">Handling of messages, in the traces of the routes.</param>
internal sealed record SummaryView(
    DateTimeOffset From, DateTimeOffset To, bool Truncated, IReadOnlyList<string> IncompleteRoutes,
    IReadOnlyList<OperationSummary> Routes, IReadOnlyList<OperationSummary> Topics);
