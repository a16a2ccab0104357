namespace Integr8sCode.LoadRuns;

/// <summary>What the trace store has of one execution.</summary>
/// <param name="IsWhole">From the request to the saga's end, with every parent.</param>
internal sealed record StoredTrace(int Spans, bool IsWhole)
{
    public static readonly StoredTrace None = new(0, false);
}
