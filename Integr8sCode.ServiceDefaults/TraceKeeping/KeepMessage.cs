using System.Diagnostics;
using System.Text;

namespace Integr8sCode.TraceKeeping;

/// <summary>What processes tell each other: 32 hexadecimal digits of a trace id, a space and the reason, as ASCII.</summary>
internal static class KeepMessage
{
    private const int IdLength = 32;
    private const int MaxLength = 64;

    public static byte[] Write(ActivityTraceId trace, string reason) => Encoding.ASCII.GetBytes($"{trace.ToHexString()} {reason}");

    public static bool TryRead(ReadOnlySpan<byte> message, out ActivityTraceId trace, out string reason)
    {
        trace = default;
        reason = "";
        if (message.Length is <= IdLength or > MaxLength || message[IdLength] != ' ') return false;
        Span<char> text = stackalloc char[message.Length];
        Encoding.ASCII.GetChars(message, text);
        if (!ActivityContext.TryParse($"00-{text[..IdLength]}-0000000000000001-00", null, out var context)) return false;
        if (KeepReason.Parse(text[(IdLength + 1)..]) is not { } known) return false;
        (trace, reason) = (context.TraceId, known);
        return true;
    }
}
