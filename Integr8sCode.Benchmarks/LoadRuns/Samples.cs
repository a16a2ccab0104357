namespace Integr8sCode.LoadRuns;

/// <summary>How long each of a number of operations took, and how many failed.</summary>
internal sealed record Samples(IReadOnlyList<TimeSpan> Durations, int Errors, TimeSpan Elapsed)
{
    public static Samples None { get; } = new([], 0, TimeSpan.Zero);

    /// <summary>Successful operations a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Durations.Count / Elapsed.TotalSeconds : 0;

    public double MedianMilliseconds => PercentileMilliseconds(0.5);

    public double PercentileMilliseconds(double fraction)
    {
        if (Durations is [])
        {
            return double.NaN;
        }

        var sorted = Durations.Order().ToList();
        return sorted[Math.Min((int)(sorted.Count * fraction), sorted.Count - 1)].TotalMilliseconds;
    }

    public Samples And(Samples other) => new([.. Durations, .. other.Durations], Errors + other.Errors, Elapsed + other.Elapsed);
}
