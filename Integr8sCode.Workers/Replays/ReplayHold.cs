namespace Integr8sCode.Replays;

/// <summary>A session that this process works on, for as long as it renews its lease.</summary>
/// <param name="isTakenOver">The replayer before did not leave it in good order.</param>
internal sealed class ReplayHold(
    ReplaySession claimed, bool isTakenOver, IReplayStore sessions, TimeSpan lease, TimeProvider clock)
{
    private readonly string _owner = claimed.Owner!;
    private bool _isLost;

    /// <summary>As this process knows it.</summary>
    public ReplaySession Session { get; private set; } = claimed;

    public bool IsTakenOver => isTakenOver;

    /// <summary>False once somebody else holds the session, or an admin has stopped it.</summary>
    public bool MayGoOn => !_isLost && Session.Status is ReplayStatus.Running;

    public Task EnterAsync(string? traceParent, IReadOnlyDictionary<string, long> ends) =>
        ChangeAsync(session => session.Enter(_owner, traceParent, ends, Now));

    public Task AdvanceAsync(ReplayProgress progress) => ChangeAsync(session => session.Advance(_owner, progress, Until, Now));

    public Task RenewAsync() => ChangeAsync(session => session.Renew(_owner, Until, Now));

    /// <summary>Renews a lease of which half is gone, so that nobody acts on one that has ended.</summary>
    public ValueTask KeepAsync() => Now < Session.LeaseUntil - (lease / 2) ? ValueTask.CompletedTask : new(RenewAsync());

    public Task CompleteAsync() => ChangeAsync(session => session.Complete(_owner, Now));

    public Task FailAsync(string error) => ChangeAsync(session => session.Fail(_owner, error, Now));

    public Task ReleaseAsync() => ChangeAsync(session => session.Release(_owner, Now));

    private DateTimeOffset Now => clock.GetUtcNow();

    private DateTimeOffset Until => clock.GetUtcNow() + lease;

    // Not cancelled by a stop of the process: what was published has to be known.
    private async Task ChangeAsync(Func<ReplaySession, ReplaySession?> move)
    {
        if (await sessions.ChangeAsync(Session, move, CancellationToken.None) is { } changed)
        {
            Session = changed;
        }
        else
        {
            _isLost = true;
        }
    }
}
