namespace Integr8sCode.Traces;

/// <summary>What the samples of one route or topic come to.</summary>
/// <param name="Count">Samples read.</param>
/// <param name="AdjustedCount">How many they stand for, where their sampling probability is known.</param>
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
        var weight = samples.Sum(sample => sample.Weight);
        return new(
            name, samples.Count, weight, samples.Where(sample => sample.IsError).Sum(sample => sample.Weight) / weight,
            samples[0].Durations.Keys.ToDictionary(
                key => key, key => Percentiles.Of([.. samples.Select(sample => (sample.Durations[key], sample.Weight))])),
            samples.SelectMany(sample => sample.TimeByCategory)
                .GroupBy(time => time.Key, time => time.Value)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum()))
                .OrderByDescending(time => time.Value)
                .ToDictionary());
    }
}
