namespace Integr8sCode.Sampling;

/// <summary>
/// The share of traces that a running process keeps, where somebody has chosen one since it started: in place of the ratio, of the target or
/// of <c>parentbased_always_on</c> it was configured with. What was asked for without condition - <c>always_on</c>, <c>always_off</c>,
/// <c>parentbased_always_off</c> - stays.
/// </summary>
public sealed class SamplingRatio
{
    private volatile SamplingProbability? _chosen;

    internal SamplingProbability? Chosen => _chosen;

    /// <param name="ratio">0 to 1; <see langword="null"/> for what was configured.</param>
    public void Change(double? ratio) => _chosen = ratio is { } value ? SamplingProbability.Of(value) : null;
}
