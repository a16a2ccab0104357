namespace Integr8sCode.Traces;

/// <summary>What the samples of one route or topic come to.</summary>
/// <param name="Count">Samples read.</param>
/// <param name="AdjustedCount">
/// How many they stand for, as far as their sampling probability is known. 0 where all were kept for their failures: then the share and the
/// percentiles are of the samples alone.
/// </param>
/// <param name="ErrorShare">0 to 1, of the adjusted count.</param>
/// <param name="Durations">By what they measure.</param>
/// <param name="TimeByCategory">Microseconds of all samples read, the largest first.</param>
public sealed record OperationSummary(
    string Name, int Count, double AdjustedCount, double ErrorShare,
    IReadOnlyDictionary<string, Percentiles> Durations, IReadOnlyDictionary<TimeCategory, long> TimeByCategory)
{
    /// <returns>By name; the one that takes most time first.</returns>
    public static IReadOnlyList<OperationSummary> Of(IEnumerable<OperationSample> samples) =>
    [
        .. samples.GroupBy(sample => sample.Name)
            .Select(group => Of(group.Key, [.. group]))
            .OrderByDescending(summary => summary.TimeByCategory.Values.Sum()),
    ];

    private static OperationSummary Of(string name, List<OperationSample> samples)
    {
        var adjustedCount = samples.Sum(sample => sample.Weight);
        var weighed = adjustedCount > 0 ? samples : samples.ConvertAll(sample => sample with { Weight = 1 });
        return new(
            name, samples.Count, adjustedCount,
            weighed.Where(sample => sample.IsError).Sum(sample => sample.Weight) / weighed.Sum(sample => sample.Weight),
            samples[0].Durations.Keys.ToDictionary(
                key => key, key => Percentiles.Of([.. weighed.Select(sample => (sample.Durations[key], sample.Weight))])),
            samples.SelectMany(sample => sample.TimeByCategory)
                .GroupBy(time => time.Key, time => time.Value)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum()))
                .OrderByDescending(time => time.Value)
                .ToDictionary());
    }
}
