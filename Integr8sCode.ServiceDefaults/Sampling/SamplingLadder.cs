namespace Integr8sCode.Sampling;

/// <summary>
/// The probabilities an adaptive sampler chooses from: eight steps to each halving, so none is more than 5 % off the wanted one.
/// They are made once; changing a probability under load is changing a number, without allocation and without a lock.
/// </summary>
internal static class SamplingLadder
{
    public const double Lowest = 0.000001;
    public const int StepsToHalf = 8;

    private const int Halvings = 20; // 2^-20 is just below the lowest

    private static readonly SamplingProbability[] Steps =
        [.. Enumerable.Range(0, Halvings * StepsToHalf + 1).Select(step => SamplingProbability.Of(Math.Pow(2, -step / (double)StepsToHalf)))];

    public static SamplingProbability At(int step) => Steps[step];

    public static int Nearest(double probability) => (int)Math.Round(Position(probability));

    /// <summary>The step of the smallest probability that is not below the given one.</summary>
    public static int NotBelow(double probability) => (int)Math.Floor(Position(probability));

    /// <summary>The step of the largest probability that is not above the given one.</summary>
    public static int NotAbove(double probability) => (int)Math.Ceiling(Position(probability));

    private static double Position(double probability) => -Math.Log2(Math.Clamp(probability, Lowest, 1)) * StepsToHalf;
}
