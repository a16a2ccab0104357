namespace Integr8sCode.Executions;

/// <summary>A place in what the attempts of an execution wrote: first by attempt, then by bytes of both of its streams together.</summary>
public readonly record struct OutputPosition(int Attempt, long Bytes)
{
    private const int BytesBits = 40;

    /// <summary>One number that orders positions as they are ordered here.</summary>
    public long Value => ((long)Attempt << BytesBits) | Bytes;

    /// <summary>The first place of the next attempt: behind everything that this one can write.</summary>
    public OutputPosition NextAttempt => new(Attempt + 1, 0);

    public static OutputPosition Of(long value) => new((int)(value >> BytesBits), value & ((1L << BytesBits) - 1));
}
