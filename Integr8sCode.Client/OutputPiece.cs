namespace Integr8sCode.Client;

/// <summary>Output as it is sent: as text, or base64 where it is no valid UTF-8.</summary>
internal sealed record OutputPiece(string Stream, int Attempt, long Offset, string Text, string Encoding)
{
    public ExecutionUpdate.Output ToUpdate() => new(
        Stream, Attempt, Offset, Encoding == "base64" ? Convert.FromBase64String(Text) : System.Text.Encoding.UTF8.GetBytes(Text));
}
