namespace Integr8sCode.Spans;

/// <summary>Who made a span: the process (OTLP's resource) and the library in it (OTLP's scope). Many spans share one origin.</summary>
internal sealed class Origin
{
    public const string ServiceName = "service.name";
    public const string UnknownService = "unknown_service";

    public List<KeyValuePair<string, object?>> Resource { get; } = [];
    public List<KeyValuePair<string, object?>> ScopeAttributes { get; } = [];
    public string ScopeName { get; set; } = "";
    public string ScopeVersion { get; set; } = "";

    public string Service => Resource.Find(a => a.Key == ServiceName).Value as string is { Length: > 0 } name ? name : UnknownService;
}
