using System.Text.Json.Serialization;

namespace Integr8sCode.Client;

/// <summary>JSON of the API. Fields that are not known are passed over, so that a newer installation can tell more.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(Execution))]
[JsonSerializable(typeof(ExecutionUpdate.Event), TypeInfoPropertyName = "Event")]
[JsonSerializable(typeof(OutputPiece))]
[JsonSerializable(typeof(LanguageList))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ClientJson : JsonSerializerContext;
