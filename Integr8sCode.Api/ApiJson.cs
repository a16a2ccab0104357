using System.Text.Json.Serialization;
using Integr8sCode.DeadLetters;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;
using Integr8sCode.Replays;
using Integr8sCode.Sagas;
using Integr8sCode.Settings;
using Integr8sCode.Traces;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode;

/// <summary>JSON of requests and answers: snake_case, absent instead of null, unknown fields refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SubmitExecution))]
[JsonSerializable(typeof(AcceptedExecutionView))]
[JsonSerializable(typeof(ExecutionView))]
[JsonSerializable(typeof(ExecutionPage))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(EventStatistics))]
[JsonSerializable(typeof(OutputView))]
[JsonSerializable(typeof(StreamEnd))]
[JsonSerializable(typeof(LanguageList))]
[JsonSerializable(typeof(SagaView))]
[JsonSerializable(typeof(SagaPage))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(SummaryView))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(DeadLetterStats))]
[JsonSerializable(typeof(DeadLetterTopics))]
[JsonSerializable(typeof(DeadLetterGroups))]
[JsonSerializable(typeof(EditDeadLetter))]
[JsonSerializable(typeof(CloseDeadLetter))]
[JsonSerializable(typeof(RetryDeadLetters))]
[JsonSerializable(typeof(AcceptedRetries))]
[JsonSerializable(typeof(RetryProgress))]
[JsonSerializable(typeof(RetryPolicyList))]
[JsonSerializable(typeof(PutRetryPolicy))]
[JsonSerializable(typeof(CreateReplay))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(ReplayList))]
[JsonSerializable(typeof(RebuildReport))]
[JsonSerializable(typeof(CreateUser))]
[JsonSerializable(typeof(ChangeUser))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(CreateApiKey))]
[JsonSerializable(typeof(RotateApiKey))]
[JsonSerializable(typeof(ApiKeyView))]
[JsonSerializable(typeof(ApiKeyList))]
[JsonSerializable(typeof(NotificationView))]
[JsonSerializable(typeof(NotificationPage))]
[JsonSerializable(typeof(DeliveryList))]
[JsonSerializable(typeof(UnreadCount))]
[JsonSerializable(typeof(ReadNotifications))]
[JsonSerializable(typeof(SaveSubscription))]
[JsonSerializable(typeof(SubscriptionList))]
[JsonSerializable(typeof(TestedSubscription))]
[JsonSerializable(typeof(PutRateLimits))]
[JsonSerializable(typeof(RateLimitRules))]
[JsonSerializable(typeof(PutUserRateLimits))]
[JsonSerializable(typeof(UserRateLimitsView))]
[JsonSerializable(typeof(PutSettings))]
[JsonSerializable(typeof(PlatformSettings))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
