using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integr8sCode.DeadLetters;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;
using Integr8sCode.Replays;
using Integr8sCode.Sagas;
using Integr8sCode.Settings;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Conventions;
using MongoDB.Bson.Serialization.Serializers;

namespace Integr8sCode.Mongo;

/// <summary>
/// How the documents of this namespace are stored, and no others: snake_case names, absent instead of null, UUIDs as binary subtype 4,
/// which sorts like the text. What Core writes as JSON is stored as the same document.
/// </summary>
internal static class MongoConventions
{
    private static readonly GuidSerializer Id = new(GuidRepresentation.Standard);

    private static readonly Dictionary<Type, IBsonSerializer> Serializers = new()
    {
        [typeof(Guid)] = Id,
        [typeof(Guid?)] = new NullableSerializer<Guid>(Id),
        [typeof(DateTimeOffset)] = new TicksSerializer(),
        [typeof(DateTimeOffset?)] = new NullableSerializer<DateTimeOffset>(new TicksSerializer()),
        [typeof(JsonElement)] = Json(CoreJson.Default.JsonElement),
        [typeof(ExecutionRequest)] = Json(CoreJson.Default.ExecutionRequest),
        [typeof(ExecutionState)] = Json(CoreJson.Default.ExecutionState),
        [typeof(Saga)] = Json(CoreJson.Default.Saga),
        [typeof(ReplaySession)] = Json(CoreJson.Default.ReplaySession),
        [typeof(DeadLetter)] = Json(CoreJson.Default.DeadLetter),
        [typeof(DeadLetterState)] = Json(CoreJson.Default.DeadLetterState),
        [typeof(RetryPolicy)] = Json(CoreJson.Default.RetryPolicy),
        [typeof(Notification)] = Json(CoreJson.Default.Notification),
        [typeof(NotificationSubscription)] = Json(CoreJson.Default.NotificationSubscription),
        [typeof(RateLimitRules)] = Json(CoreJson.Default.RateLimitRules),
        [typeof(UserRateLimits)] = Json(CoreJson.Default.UserRateLimits),
        [typeof(PlatformSettings)] = Json(CoreJson.Default.PlatformSettings),
        [typeof(WorkerAnnouncement)] = Json(CoreJson.Default.WorkerAnnouncement),
    };

    public static void Register() => ConventionRegistry.Register(
        "Integr8sCode",
        new ConventionPack
        {
            new IgnoreIfNullConvention(true),
            new EnumRepresentationConvention(BsonType.String),
            new DelegateMemberMapConvention("Integr8sCode", member =>
            {
                if (Serializers.TryGetValue(member.MemberType, out var serializer)) member.SetSerializer(serializer);
                if (member.MemberName != "Id") member.SetElementName(JsonNamingPolicy.SnakeCaseLower.ConvertName(member.MemberName));
            }),
        },
        type => type.Namespace == typeof(MongoConventions).Namespace);

    private static JsonDocumentSerializer<T> Json<T>(JsonTypeInfo<T> type) => new(type);
}
