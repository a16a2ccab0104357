using System.Text.Json.Serialization;

namespace Integr8sCode.Transfers;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(TransferLine))]
internal sealed partial class TransferJson : JsonSerializerContext;
