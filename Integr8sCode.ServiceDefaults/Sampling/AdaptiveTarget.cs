using System.Globalization;

namespace Integr8sCode.Sampling;

/// <summary>OTEL_TRACES_SAMPLER_ARG of the adaptive sampler: what one process keeps of each of its operations.</summary>
/// <param name="TracesPerSecond">How many traces of an operation to keep; above 0, default 5.</param>
/// <param name="Floor">The smallest probability, however busy an operation is; default 0.0001.</param>
/// <param name="Ceiling">The largest probability, however rare an operation is; default 1.</param>
internal sealed record AdaptiveTarget(double TracesPerSecond, double Floor, double Ceiling)
{
    public const string Expected =
        "target[,floor[,ceiling]]: traces per second above 0 and at most 10000, then probabilities from 0.000001 to 1 with floor <= ceiling";

    public static readonly AdaptiveTarget Default = new(5, 0.0001, 1);

    public static bool TryParse(string text, out AdaptiveTarget target)
    {
        target = Default;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) return false;
        }
        if (parts.Length > 3) return false;
        target = new(numbers[0], parts.Length > 1 ? numbers[1] : Default.Floor, parts.Length > 2 ? numbers[2] : Default.Ceiling);
        return target is { TracesPerSecond: > 0 and <= 10_000, Floor: >= SamplingLadder.Lowest, Ceiling: <= 1 } && target.Floor <= target.Ceiling;
    }
}
