namespace Integr8sCode.Traces;

/// <param name="Truncated">Some route has more traces in the range than were read, which are the latest; or there was no time for all routes.</param>
/// <param name="Topics">Handling of messages, in the traces of the routes.</param>
internal sealed record SummaryView(
    DateTimeOffset From, DateTimeOffset To, bool Truncated, IReadOnlyList<OperationSummary> Routes, IReadOnlyList<OperationSummary> Topics);
