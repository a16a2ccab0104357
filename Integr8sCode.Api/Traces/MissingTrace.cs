namespace Integr8sCode.Traces;

/// <summary>Why there is no timeline.</summary>
/// <param name="Reason">For programs; stands in the problem as <c>reason</c>.</param>
/// <param name="MayAppear">Asking again may help.</param>
internal sealed record MissingTrace(string Reason, string Detail, bool MayAppear = false)
{
    public static readonly MissingTrace NotTraced = new("not_traced", "The request was outside of any trace.");

    public static readonly MissingTrace NotSampled = new("not_sampled", "The trace was not sampled: nothing of it was recorded.");

    public static readonly MissingTrace NotYet =
        new("not_yet", "The spans have not arrived at the trace backend yet.", MayAppear: true);

    public static readonly MissingTrace Expired =
        new("expired", "The trace backend has dropped the trace, or has never received it.");
}
