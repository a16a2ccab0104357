namespace Integr8sCode.Traces;

/// <summary>Of durations in microseconds, each counted as often as it stands for; values that occurred, not interpolated ones.</summary>
public sealed record Percentiles(long P50Us, long P95Us, long P99Us)
{
    /// <param name="durations">At least one.</param>
    public static Percentiles Of(IReadOnlyCollection<(long Duration, double Weight)> durations)
    {
        var sorted = durations.OrderBy(each => each.Duration).ToList();
        var total = sorted.Sum(each => each.Weight);

        return new(At(0.50), At(0.95), At(0.99));

        long At(double share)
        {
            var passed = 0.0;
            return sorted.Find(each => (passed += each.Weight) >= share * total - 1e-9).Duration;
        }
    }
}
