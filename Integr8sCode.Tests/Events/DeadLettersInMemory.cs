using System.Collections.Concurrent;
using Integr8sCode.DeadLetters;

namespace Integr8sCode.Events;

/// <summary>Dead letters and their policies in memory; it can be told to fail like a store that is away.</summary>
internal sealed class DeadLettersInMemory : IDeadLetterStore, IRetryPolicyStore
{
    private readonly ConcurrentDictionary<string, DeadLetter> _letters = new();

    public volatile bool Fails;

    /// <summary>Of every topic; the default where it is not set.</summary>
    public RetryPolicy? Policy { get; set; }

    public IReadOnlyCollection<DeadLetter> All => [.. _letters.Values.OrderBy(letter => letter.Id)];

    public Task<DeadLetter> AddAsync(DeadLetter letter, CancellationToken cancellationToken) => Fails
        ? throw new IOException("dead letters away")
        : Task.FromResult(_letters.GetOrAdd(letter.Identity, letter));

    public Task<bool> SaveAsync(DeadLetter letter, CancellationToken cancellationToken) => Task.FromResult(
        _letters.TryGetValue(letter.Identity, out var stored) && stored.State.Version == letter.State.Version - 1
        && _letters.TryUpdate(letter.Identity, letter, stored));

    public Task<DeadLetter?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(_letters.Values.SingleOrDefault(letter => letter.Id == id));

    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<DeadLetter>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. All.Where(letter => letter.State.Due <= now).Take(limit)]);

    public Task<IReadOnlyList<DeadLetterCount>> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<int> PruneAsync(DateTimeOffset before, int keep, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<RetryPolicy?> FindAsync(string topic, CancellationToken cancellationToken) => Task.FromResult(Policy);

    public Task<IReadOnlyList<RetryPolicy>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RetryPolicy>>([]);

    public Task<bool> SaveAsync(RetryPolicy policy, CancellationToken cancellationToken) => throw new NotSupportedException();
}
