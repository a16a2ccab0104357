using System.Text;

namespace Integr8sCode.Executions;

/// <summary>A piece of what the script wrote; the pieces of an attempt, put together, are its output.</summary>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Attempt">A later attempt's output replaces that of an earlier one.</param>
/// <param name="Offset">How many bytes of the stream came before.</param>
/// <param name="Bytes">How many these are.</param>
/// <param name="Text">As <paramref name="Encoding"/> says.</param>
/// <param name="Encoding"><c>utf-8</c>, or <c>base64</c> where the piece is no valid UTF-8.</param>
public sealed record OutputView(string Stream, int Attempt, long Offset, int Bytes, string Text, string Encoding)
{
    internal const string Stdout = "stdout";
    internal const string Stderr = "stderr";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static OutputView Of(string stream, int attempt, long offset, byte[] bytes)
    {
        var (text, encoding) = TextOf(bytes);
        return new(stream, attempt, offset, bytes.Length, text, encoding);
    }

    internal static (string Text, string Encoding) TextOf(byte[] bytes)
    {
        try
        {
            return (StrictUtf8.GetString(bytes), "utf-8");
        }
        catch (DecoderFallbackException)
        {
            return (Convert.ToBase64String(bytes), "base64");
        }
    }
}
