using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>
/// Keeps a steady number of traces a second of one operation. A process sees all roots of its own, so the probability is simply the
/// target through the arrivals of the last seconds; what comes faster than that halves it on the spot. The probability depends only on
/// what came before, never on the trace it decides about, so the counts it hands on stay true.
/// </summary>
internal sealed class SampledOperation(string name, int number, AdaptiveTarget target)
{
    private const double Smoothing = 0.3;
    private const double Leap = 4; // so many times the known arrivals are no noise, but the new truth

    private readonly int _floor = SamplingLadder.NotBelow(target.Floor);
    private readonly int _ceiling = SamplingLadder.NotAbove(target.Ceiling);
    private readonly OperationErrors _errors = new();
    private int _step = SamplingLadder.NotAbove(target.Ceiling);
    private long _burst = BurstOf(target.TracesPerSecond);
    private long _kept;
    private double _arrivalsPerSecond;

    public string Name => name;

    /// <summary>Its place among the operations of the process, from 0.</summary>
    public int Number => number;

    public double Probability => SamplingLadder.At(Volatile.Read(ref _step)).Threshold.Probability;

    public double ArrivalsPerSecond => Volatile.Read(ref _arrivalsPerSecond);

    /// <summary>Whether so many fail that more are kept.</summary>
    public bool Fails => _errors.AreMany;

    public SamplingResult Decide(in SamplingParameters parameters)
    {
        var probability = SamplingLadder.At(Volatile.Read(ref _step));
        var keeps = probability.Keeps(parameters);
        if (keeps && Interlocked.Increment(ref _kept) % Volatile.Read(ref _burst) == 0) Halve();
        return probability.ResultOf(keeps, parameters);
    }

    /// <summary>Tells how a kept trace ended here.</summary>
    public void End(bool failed) => _errors.Count(failed);

    /// <summary>Sets the probability for the next second, after so many arrivals.</summary>
    public void Tick(long arrived, double seconds)
    {
        var arrivals = arrived / seconds;
        var known = _arrivalsPerSecond;
        var smoothed = arrivals > Leap * known ? arrivals : known + Smoothing * (arrivals - known);
        _errors.Tick();
        var wanted = target.TracesPerSecond * (_errors.AreMany ? OperationErrors.Raise : 1);
        Volatile.Write(ref _arrivalsPerSecond, smoothed);
        Volatile.Write(ref _burst, BurstOf(wanted));
        Volatile.Write(ref _step, Math.Clamp(SamplingLadder.Nearest(wanted / Math.Max(smoothed, wanted)), _ceiling, _floor));
        Interlocked.Exchange(ref _kept, 0);
    }

    private static long BurstOf(double tracesPerSecond) => (long)Math.Ceiling(2 * tracesPerSecond);

    // Whoever comes second has seen the halved value already, or leaves it to the first.
    private void Halve()
    {
        var step = Volatile.Read(ref _step);
        Interlocked.CompareExchange(ref _step, Math.Min(step + SamplingLadder.StepsToHalf, _floor), step);
    }
}
