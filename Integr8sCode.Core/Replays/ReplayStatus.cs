using System.Text.Json.Serialization;

namespace Integr8sCode.Replays;

[JsonConverter(typeof(SnakeCaseEnumConverter<ReplayStatus>))]
public enum ReplayStatus { Created, Running, Paused, Completed, Failed, Cancelled }
