using System.Text.Json;
using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <summary>Whatever legal moves an execution makes, its events tell where it stands.</summary>
public sealed class ExecutionFoldTests
{
    private const int MaxMoves = 40;
    private static readonly DateTimeOffset T0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly string[] Workers = ["one", "two"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 300)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_fold_of_the_events_is_the_state_after_the_moves(int seed)
    {
        var stream = new List<Event>();
        foreach (var change in ChangesOf(seed))
        {
            stream.Add(change.Event);
            Assert.Equal(Json(change.Execution), Json(Execution.Fold(stream)));
        }
    }

    [Fact]
    public void Together_the_seeds_see_every_type_of_event()
    {
        var seen = Seeds.SelectMany(seed => ChangesOf(seed.Data)).Select(change => change.Event.Type).Distinct();

        Assert.Equal(EventTypes.All.Except([EventTypes.NotificationCreated]).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_stream_with_a_gap_or_without_its_beginning_is_refused()
    {
        var queued = Execution.Accept(new(Guid.CreateVersion7(T0), "alice", "c", new() { Script = "x", Language = "python" }), At(T0));
        var scheduled = queued.Execution.Schedule(At(T0))!;
        var started = scheduled.Execution.Start("one", Lease, At(T0))!;

        Assert.Throws<InvalidOperationException>(() => Execution.Fold([scheduled.Event]));
        Assert.Throws<InvalidOperationException>(() => Execution.Fold([queued.Event, started.Event]));
    }

    private static IEnumerable<ExecutionChange> ChangesOf(int seed)
    {
        var random = new Random(seed);
        var now = T0;
        var change = Execution.Accept(
            new(Guid.CreateVersion7(T0), "alice", "correlation-1", new() { Script = $"print({seed})", Language = "python", Priority = (ExecutionPriority)(seed % 3) }), At(now));
        yield return change;

        for (var i = 0; i < MaxMoves; i++)
        {
            now += random.Next(3) == 0 ? Lease * 2 : TimeSpan.FromMilliseconds(random.Next(1000));
            if (Move(change.Execution, random, At(now)) is { } next)
            {
                yield return change = next;
            }
        }
    }

    private static ExecutionChange? Move(Execution execution, Random random, Origin origin)
    {
        var worker = Workers[random.Next(Workers.Length)];
        var attempt = execution.State.Attempts;
        return random.Next(14) switch
        {
            0 or 1 => execution.Schedule(origin, held: random.Next(5)),
            2 or 3 or 4 => execution.Start(worker, Lease, origin),
            5 or 6 => execution.Requeue(worker, attempt, lost: random.Next(2) == 0, "reason", origin),
            7 => execution.Finish(worker, attempt, ResultOf(random), ExecutionOutput.Empty, origin),
            8 => execution.LoseWorker(origin),
            9 => random.Next(4) == 0 ? execution.Cancel("alice", origin) : null,
            10 => random.Next(4) == 0 ? execution.Reject("no such language", origin) : null,
            11 => random.Next(2) == 0 ? execution.Defer(10, origin) : null,
            12 => random.Next(4) == 0 ? execution.Expire(Lease, origin) : null,
            _ => execution.StoreResult(origin),
        };
    }

    private static ExecutionResult ResultOf(Random random)
    {
        var outcomes = Enum.GetValues<RunOutcome>();
        return new() { Outcome = outcomes[random.Next(outcomes.Length)], ExitCode = random.Next(3), CpuSeconds = random.NextDouble(), StdoutBytes = 7 };
    }

    private static Origin At(DateTimeOffset time) => new("test", time, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);

    private static string Json(Execution execution) => JsonSerializer.Serialize(execution, CoreJson.Default.Execution);
}
