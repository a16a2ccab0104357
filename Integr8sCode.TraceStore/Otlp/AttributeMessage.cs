using Google.Protobuf;

namespace Integr8sCode.Otlp;

/// <summary>
/// Decodes OTLP's attribute values: <c>string</c>, <c>bool</c>, <c>long</c>, <c>double</c>, <c>byte[]</c>, a <c>List&lt;object?&gt;</c>
/// for arrays and a <c>List&lt;KeyValuePair&lt;string, object?&gt;&gt;</c> for maps.
/// </summary>
internal static class AttributeMessage
{
    private const int MaxDepth = 16;

    public static KeyValuePair<string, object?> DecodePair(CodedInputStream input, int depth = 0)
    {
        var key = "";
        object? value = null;
        var end = input.Enter();
        while (input.Position < end)
        {
            switch (input.ReadField())
            {
                case 10: key = input.ReadString(); break;
                case 18: value = Decode(input, depth); break;
                default: input.SkipLastField(); break;
            }
        }

        input.Leave(end);
        return new(key, value);
    }

    private static object? Decode(CodedInputStream input, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"An attribute is nested deeper than {MaxDepth} levels.");
        }

        object? value = null;
        var end = input.Enter();
        while (input.Position < end)
        {
            switch (input.ReadField())
            {
                case 10: value = input.ReadString(); break;
                case 16: value = input.ReadBool(); break;
                case 24: value = input.ReadInt64(); break;
                case 33: value = input.ReadDouble(); break;
                case 42: value = DecodeArray(input, depth); break;
                case 50: value = DecodeMap(input, depth); break;
                case 58: value = input.ReadBytes().ToByteArray(); break;
                default: input.SkipLastField(); break;
            }
        }

        input.Leave(end);
        return value;
    }

    private static List<object?> DecodeArray(CodedInputStream input, int depth)
    {
        var values = new List<object?>();
        var end = input.Enter();
        while (input.Position < end)
        {
            if (input.ReadField() is 10)
            {
                values.Add(Decode(input, depth + 1));
            }
            else
            {
                input.SkipLastField();
            }
        }

        input.Leave(end);
        return values;
    }

    private static List<KeyValuePair<string, object?>> DecodeMap(CodedInputStream input, int depth)
    {
        var pairs = new List<KeyValuePair<string, object?>>();
        var end = input.Enter();
        while (input.Position < end)
        {
            if (input.ReadField() is 10)
            {
                pairs.Add(DecodePair(input, depth + 1));
            }
            else
            {
                input.SkipLastField();
            }
        }

        input.Leave(end);
        return pairs;
    }
}
