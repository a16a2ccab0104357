using Google.Protobuf;

namespace Integr8sCode.Otlp;

/// <summary>Spans of one library in one process, all still as protobuf.</summary>
internal sealed class ScopeSpans
{
    public ByteString Resource { get; set; } = ByteString.Empty;
    public ByteString Scope { get; set; } = ByteString.Empty;
    public List<ByteString> Spans { get; } = [];
}
