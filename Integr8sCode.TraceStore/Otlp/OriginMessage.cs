using Google.Protobuf;
using Integr8sCode.Spans;

namespace Integr8sCode.Otlp;

/// <summary>Decodes OTLP's Resource and InstrumentationScope messages.</summary>
internal static class OriginMessage
{
    public static Origin Decode(ByteString resource, ByteString scope)
    {
        var origin = new Origin();
        DecodeResource(resource.CreateCodedInput(), origin);
        DecodeScope(scope.CreateCodedInput(), origin);
        return origin;
    }

    private static void DecodeResource(CodedInputStream resource, Origin origin)
    {
        while (resource.ReadTag() is var field and not 0)
        {
            if (field is 10)
            {
                origin.Resource.Add(AttributeMessage.DecodePair(resource));
            }
            else
            {
                resource.SkipLastField();
            }
        }
    }

    private static void DecodeScope(CodedInputStream scope, Origin origin)
    {
        while (scope.ReadTag() is var field and not 0)
        {
            switch (field)
            {
                case 10: origin.ScopeName = scope.ReadString(); break;
                case 18: origin.ScopeVersion = scope.ReadString(); break;
                case 26: origin.ScopeAttributes.Add(AttributeMessage.DecodePair(scope)); break;
                default: scope.SkipLastField(); break;
            }
        }
    }
}
