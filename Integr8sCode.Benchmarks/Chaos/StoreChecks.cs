using Integr8sCode.DeadLetters;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Sqlite;

namespace Integr8sCode.Chaos;

/// <summary>What the store must say of everything that was accepted, whether or not the client has seen the answer.</summary>
internal sealed class StoreChecks(string database, IReadOnlyCollection<Guid> accepted) : IDisposable
{
    private const int Everything = 1_000_000;

    private readonly SqliteDatabase _database = SqliteDatabase.Open(new() { ConnectionString = $"Data Source={database}" });

    public IEnumerable<Check> All =>
    [
        new("every accepted execution is there and has a stored result", FindUnfinishedAsync),
        new("each has exactly one terminal event", FindNotEndedOnceAsync),
        new("each one's events are in order without a gap", FindDisorderAsync),
        new("each is what its events say", FindDifferencesAsync),
        new("no event waits to be published", FindUnpublishedAsync),
        new("no lease is held", FindLeasesAsync),
        new("no saga is under way", FindSagasAsync),
        new("no dead letter is unresolved", FindDeadLettersAsync),
    ];

    public Task<IReadOnlyList<Execution>> ListAsync(CancellationToken cancellationToken) =>
        new SqliteExecutionStore(_database).ListAsync(new(Limit: Everything), cancellationToken);

    public Task<IReadOnlyList<Event>> ListEventsAsync(Guid id, CancellationToken cancellationToken) =>
        new SqliteEventStore(_database).ListAsync(id, cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(CancellationToken cancellationToken) =>
        new SqliteDeadLetterStore(_database).ListAsync(new(Limit: Everything), cancellationToken);

    public void Dispose() => _database.Dispose();

    private async Task<IReadOnlyList<string>> FindUnfinishedAsync(CancellationToken cancellationToken)
    {
        var stored = await ListAsync(cancellationToken);
        return
        [
            .. accepted.Except(stored.Select(execution => execution.Id)).Select(id => $"{id} is not in the store"),
            .. stored.Where(execution => execution.State is not { IsTerminal: true, ResultStoredAt: not null })
                .Select(execution => $"{execution.Id} is {execution.State.Status} without a stored result"),
        ];
    }

    private Task<IReadOnlyList<string>> FindNotEndedOnceAsync(CancellationToken cancellationToken) => FindAsync(
        (_, events) => events.Count(e => EventTypes.IsTerminal(e.Type)) is var count and not 1 ? $"has {count} terminal events" : null,
        cancellationToken);

    private Task<IReadOnlyList<string>> FindDisorderAsync(CancellationToken cancellationToken) => FindAsync(
        (_, events) => events.Select((e, index) => e.Sequence - index).Any(first => first != 1)
            ? $"has the sequence {string.Join(", ", events.Select(e => e.Sequence))}"
            : null,
        cancellationToken);

    private async Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken)
    {
        var rebuild = new ExecutionRebuild(new SqliteExecutionStore(_database), new SqliteEventStore(_database));
        return
        [
            .. (await rebuild.RunAsync(dryRun: true, cancellationToken)).Differences
                .Select(field => $"{field.ExecutionId} {field.Field} is {field.Stored}, its events say {field.Rebuilt}"),
        ];
    }

    private async Task<IReadOnlyList<string>> FindUnpublishedAsync(CancellationToken cancellationToken) =>
    [
        .. (await new SqliteEventStore(_database).FindUnpublishedAsync(DateTimeOffset.MaxValue, Everything, cancellationToken))
            .Select(e => $"{e.ExecutionId} {e.Type} is not published"),
    ];

    private async Task<IReadOnlyList<string>> FindLeasesAsync(CancellationToken cancellationToken) =>
    [
        .. (await ListAsync(cancellationToken)).Where(execution => execution.State is { WorkerId: not null } or { LeaseUntil: not null })
            .Select(execution => $"{execution.Id} is leased by {execution.State.WorkerId} until {execution.State.LeaseUntil:O}"),
    ];

    private async Task<IReadOnlyList<string>> FindSagasAsync(CancellationToken cancellationToken) =>
    [
        .. (await new SqliteSagaStore(_database).FindOverdueAsync(DateTimeOffset.MaxValue, Everything, cancellationToken))
            .Select(saga => $"{saga.Id} is at {saga.Step}"),
    ];

    private async Task<IReadOnlyList<string>> FindDeadLettersAsync(CancellationToken cancellationToken) =>
    [
        .. (await ListDeadLettersAsync(cancellationToken)).Where(letter => letter.State.Status is not DeadLetterStatus.Resolved)
            .Select(letter => $"{letter.ExecutionId} {letter.EventType} of {letter.ConsumerGroup} is {letter.State.Status}: {letter.State.Failure.ExceptionMessage}"),
    ];

    private async Task<IReadOnlyList<string>> FindAsync(
        Func<Execution, IReadOnlyList<Event>, string?> findBreach, CancellationToken cancellationToken)
    {
        var breaches = new List<string>();
        foreach (var execution in await ListAsync(cancellationToken))
        {
            if (findBreach(execution, await ListEventsAsync(execution.Id, cancellationToken)) is { } breach)
            {
                breaches.Add($"{execution.Id} {breach}");
            }
        }

        return breaches;
    }
}
