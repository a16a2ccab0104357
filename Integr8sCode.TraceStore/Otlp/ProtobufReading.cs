using Google.Protobuf;

namespace Integr8sCode.Otlp;

/// <summary>Reading messages inside messages with <see cref="CodedInputStream"/> alone, so that no code has to be generated.</summary>
internal static class ProtobufReading
{
    /// <summary>Enters a message field: read its fields while <c>Position</c> is below the returned end, then <see cref="Leave"/>.</summary>
    public static long Enter(this CodedInputStream input)
    {
        var length = input.ReadLength();
        return length >= 0 ? input.Position + length : throw new InvalidDataException("A field has a negative length.");
    }

    public static void Leave(this CodedInputStream input, long end)
    {
        if (input.Position != end)
        {
            throw new InvalidDataException("A message does not end where its length says.");
        }
    }

    /// <summary>The next field's number and wire type as one number; unlike <c>ReadTag</c>, the end of the body is an error here.</summary>
    public static uint ReadField(this CodedInputStream input) =>
        input.ReadTag() is var tag and not 0 ? tag : throw new InvalidDataException("The body ends inside a message.");
}
