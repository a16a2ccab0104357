using System.Text.Json.Serialization;

namespace Integr8sCode.Traces;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JaegerAnswer<JaegerTrace>), TypeInfoPropertyName = "Traces")]
[JsonSerializable(typeof(JaegerAnswer<JaegerOperation>), TypeInfoPropertyName = "Operations")]
internal sealed partial class JaegerJson : JsonSerializerContext;
