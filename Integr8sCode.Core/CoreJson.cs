using System.Text.Json;
using System.Text.Json.Serialization;
using Integr8sCode.DeadLetters;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;
using Integr8sCode.Replays;
using Integr8sCode.Sagas;
using Integr8sCode.Settings;

namespace Integr8sCode;

/// <summary>The one JSON shape of events, documents and answers: snake_case names, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(Execution))]
[JsonSerializable(typeof(ExecutionRequest))]
[JsonSerializable(typeof(ExecutionState))]
[JsonSerializable(typeof(ExecutionDeferred))]
[JsonSerializable(typeof(ExecutionScheduled))]
[JsonSerializable(typeof(ExecutionStarted))]
[JsonSerializable(typeof(ExecutionRequeued))]
[JsonSerializable(typeof(ExecutionResult))]
[JsonSerializable(typeof(ExecutionCancelRequested))]
[JsonSerializable(typeof(ExecutionTimings))]
[JsonSerializable(typeof(Saga))]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(DeadLetterState))]
[JsonSerializable(typeof(RetryPolicy))]
[JsonSerializable(typeof(ReplaySession))]
[JsonSerializable(typeof(WorkerAnnouncement))]
[JsonSerializable(typeof(Notification))]
[JsonSerializable(typeof(NotificationSubscription))]
[JsonSerializable(typeof(NotificationCreated))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(RateLimitRules))]
[JsonSerializable(typeof(UserRateLimits))]
[JsonSerializable(typeof(PlatformSettings))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class CoreJson : JsonSerializerContext;

/// <summary>Writes an enum member in snake_case and reads it back in any case.</summary>
public sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
