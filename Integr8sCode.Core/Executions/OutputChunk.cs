namespace Integr8sCode.Executions;

/// <summary>
/// A piece of what an attempt wrote. Where a stream is text, no piece of it ends inside a character, so each can be shown by itself.
/// </summary>
/// <param name="StdoutOffset">How many bytes of stdout came before it.</param>
public sealed record OutputChunk(Guid ExecutionId, int Attempt, long StdoutOffset, byte[] Stdout, long StderrOffset, byte[] Stderr)
{
    /// <summary>The most bytes a chunk has, both streams together.</summary>
    public const int MaxBytes = 64 << 10;

    /// <summary>Where it ends; no other chunk of the execution has the same.</summary>
    public OutputPosition End => new(Attempt, StdoutOffset + Stdout.Length + StderrOffset + Stderr.Length);
}
