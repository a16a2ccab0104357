using System.Text;

namespace Integr8sCode.Executions;

/// <summary>Where bytes may be cut without cutting a character.</summary>
public static class Utf8Boundary
{
    private const int LongestCharacter = 4;

    /// <returns>How many of the bytes come before the character that they end inside of; all of them where they do not, or are no text.</returns>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        var last = bytes[Math.Max(0, bytes.Length - LongestCharacter)..];
        for (var length = 1; length <= last.Length; length++)
        {
            var tail = last[^length..];
            if ((tail[0] & 0xC0) == 0x80)
            {
                continue; // inside a character: look for its first byte
            }

            return Rune.DecodeFromUtf8(tail, out _, out _) is System.Buffers.OperationStatus.NeedMoreData ? bytes.Length - length : bytes.Length;
        }

        return bytes.Length;
    }
}
