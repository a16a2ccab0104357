namespace Integr8sCode.Executions;

/// <summary>What a script wrote: bytes, kept in the store beside the terminal event and never sent over Kafka.</summary>
public sealed record ExecutionOutput(byte[] Stdout, byte[] Stderr)
{
    public static readonly ExecutionOutput Empty = new([], []);
}
