using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Integr8sCode.Events;

namespace Integr8sCode.Replays;

/// <summary>What to replay, where to and how fast.</summary>
public sealed partial record CreateReplay
{
    private const int MaxTopics = 4;
    private const int MaxText = 128;

    /// <summary>Which events; all that were ever recorded when absent.</summary>
    public ReplayFilter? Filter { get; init; }

    /// <summary>Topics that get every event, at most 4; each event goes to the topic of its type when absent.</summary>
    [MaxLength(MaxTopics)]
    public IReadOnlyList<string?>? TargetTopics { get; init; }

    /// <summary>Goes through the events and publishes nothing.</summary>
    [DefaultValue(false)]
    public bool DryRun { get; init; }

    /// <summary>1 keeps the recorded pauses, 2 halves them; from 0.01 to 1000. As fast as possible when absent.</summary>
    [Range(ReplayPlan.MinSpeed, ReplayPlan.MaxSpeed)]
    public double? Speed { get; init; }

    /// <summary>Most events; 10 000 000 when absent.</summary>
    [Range(1, ReplayPlan.MaxEvents)]
    public long? MaxEvents { get; init; }

    /// <summary>Runs the script of every execution.requested once more, as a new execution, instead of publishing the event.</summary>
    [DefaultValue(false)]
    public bool Reexecute { get; init; }

    internal ReplayPlan ToPlan() => new()
    {
        Filter = Filter?.ToFilter() ?? new(),
        Topics = TargetTopics is { Count: > 0 } topics ? [.. topics.OfType<string>().Distinct()] : null,
        DryRun = DryRun,
        Speed = Speed,
        Limit = MaxEvents ?? ReplayPlan.MaxEvents,
        Reexecute = Reexecute,
    };

    /// <returns>What is wrong, by field; empty when all is well.</returns>
    internal Dictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();

        Check("speed", Speed is null or (>= ReplayPlan.MinSpeed and <= ReplayPlan.MaxSpeed), $"From {ReplayPlan.MinSpeed} to {ReplayPlan.MaxSpeed}.");
        Check("max_events", MaxEvents is null or (>= 1 and <= ReplayPlan.MaxEvents), $"From 1 to {ReplayPlan.MaxEvents}.");
        Check("target_topics", TargetTopics is not { Count: > MaxTopics }, $"At most {MaxTopics} topics.");
        for (var i = 0; i < Math.Min(TargetTopics?.Count ?? 0, MaxTopics); i++)
        {
            Check($"target_topics[{i}]", TargetTopics![i] is { } name && TopicName().IsMatch(name), "A name of a Kafka topic.");
            Check(
                $"target_topics[{i}]", !Topics.All.Except(Topics.OfEvents).Contains(TargetTopics[i]), "This topic of ours is not for events.");
        }

        foreach (var (name, text) in new[]
        {
            ("correlation_id", Filter?.CorrelationId), ("user_id", Filter?.UserId), ("service", Filter?.Service),
        })
        {
            Check($"filter.{name}", text is not { Length: 0 or > MaxText }, $"From 1 to {MaxText} characters.");
        }

        Check("filter.event_types", Filter?.EventTypes is not { Count: 0 }, "At least one type, or leave it out.");
        Check("filter.event_types", !(Filter?.EventTypes?.Count > EventTypes.All.Count), $"At most {EventTypes.All.Count} types.");
        Check(
            "filter.event_types", Filter?.EventTypes?.All(type => type is not null && EventTypes.All.Contains(type)) is not false,
            $"Of {string.Join(", ", EventTypes.All)}.");
        Check("filter.from", !(Filter?.From >= Filter?.To), "A time before that of to.");

        return errors;

        void Check(string field, bool holds, string message)
        {
            if (!holds)
            {
                errors.TryAdd(field, [message]);
            }
        }
    }

    [GeneratedRegex(@"^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$")]
    private static partial Regex TopicName();
}

/// <summary>Which events; what is absent does not restrict.</summary>
public sealed record ReplayFilter
{
    public Guid? ExecutionId { get; init; }
    public string? CorrelationId { get; init; }
    public IReadOnlyList<string?>? EventTypes { get; init; }

    /// <summary>Recorded at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Recorded before; never later than the creation of the session.</summary>
    public DateTimeOffset? To { get; init; }

    public string? UserId { get; init; }

    /// <summary>Service that recorded the event.</summary>
    public string? Service { get; init; }

    internal EventFilter ToFilter() => new()
    {
        ExecutionId = ExecutionId,
        CorrelationId = CorrelationId,
        Types = EventTypes is null ? null : [.. EventTypes.OfType<string>().Distinct()],
        From = From?.ToUniversalTime(),
        To = To?.ToUniversalTime(),
        UserId = UserId,
        Service = Service,
    };

    internal static ReplayFilter Of(EventFilter filter) => new()
    {
        ExecutionId = filter.ExecutionId,
        CorrelationId = filter.CorrelationId,
        EventTypes = filter.Types,
        From = filter.From,
        To = filter.To,
        UserId = filter.UserId,
        Service = filter.Service,
    };
}
