using System.Text.Json.Serialization;
using Integr8sCode.DeadLetters;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;
using Integr8sCode.Replays;
using Integr8sCode.Sagas;
using Integr8sCode.Settings;
using Integr8sCode.Users;

namespace Integr8sCode.Transfers;

/// <summary>One line of a transfer: a JSON object that says its kind.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Header), "header")]
[JsonDerivedType(typeof(OneUser), "user")]
[JsonDerivedType(typeof(Limits), "rate_limits")]
[JsonDerivedType(typeof(Changed), "settings")]
[JsonDerivedType(typeof(Policy), "retry_policy")]
[JsonDerivedType(typeof(OneExecution), "execution")]
[JsonDerivedType(typeof(Letter), "dead_letter")]
[JsonDerivedType(typeof(Session), "replay")]
[JsonDerivedType(typeof(News), "notification")]
[JsonDerivedType(typeof(End), "end")]
internal abstract record TransferLine
{
    /// <summary>The first line.</summary>
    public sealed record Header(string Format, int Version) : TransferLine;

    public sealed record OneUser(
        User User, IReadOnlyList<ApiKey> Keys, IReadOnlyList<NotificationSubscription> Subscriptions, UserRateLimits? RateLimits) : TransferLine;

    public sealed record Limits(RateLimitRules Rules) : TransferLine;

    public sealed record Changed(PlatformSettings Settings) : TransferLine;

    public sealed record Policy(RetryPolicy RetryPolicy) : TransferLine;

    /// <param name="Events">All of them, in sequence order: where the execution stands follows from them.</param>
    public sealed record OneExecution(
        Guid Id, string? TraceId, string? IdempotencyKey, Guid? RetryOf, IReadOnlyList<TransferredEvent> Events, ExecutionOutput? Output, Saga? Saga)
        : TransferLine;

    public sealed record Letter(DeadLetter DeadLetter, DeadLetterState State) : TransferLine;

    public sealed record Session(ReplaySession Replay) : TransferLine;

    public sealed record News(Notification Notification) : TransferLine;

    /// <summary>The last line, so that a file which was cut off is known for one.</summary>
    /// <param name="Lines">How many lines are between the first and this one.</param>
    public sealed record End(long Lines) : TransferLine;
}
