using Integr8sCode.Executions;

namespace Integr8sCode.Mongo;

/// <param name="Position">Where it ends, as <see cref="OutputPosition.Value"/>.</param>
/// <param name="WrittenAt">What the TTL index goes by.</param>
internal sealed record OutputChunkDocument(
    Guid Id, Guid ExecutionId, long Position, long StdoutOffset, byte[] Stdout, long StderrOffset, byte[] Stderr, DateTime WrittenAt)
{
    public static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    public static OutputChunkDocument Of(OutputChunk chunk, DateTimeOffset now) => new(
        Guid.CreateVersion7(now), chunk.ExecutionId, chunk.End.Value,
        chunk.StdoutOffset, chunk.Stdout, chunk.StderrOffset, chunk.Stderr, now.UtcDateTime);

    public OutputChunk ToChunk() => new(ExecutionId, OutputPosition.Of(Position).Attempt, StdoutOffset, Stdout, StderrOffset, Stderr);
}
