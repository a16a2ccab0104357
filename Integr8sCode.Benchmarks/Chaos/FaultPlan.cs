using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>
/// Which faults come when. Services are dealt like cards, and so are the signals of each, so that none is hit twice before all were. The
/// trace store, which is the witness, is only stopped, and for less than an exporter waits: nothing may be lost by that.
/// </summary>
internal sealed class FaultPlan(Random random)
{
    private const double MinGap = 0.6;
    private const double MaxGap = 2;
    private const double MinStop = 1;
    private const double MaxStop = 6;
    private const double MaxStopOfWitness = 3;
    private static readonly Signal[] Signals = [Signal.Kill, Signal.Terminate, Signal.Stop];

    private readonly Queue<string> _services = new();
    private readonly Dictionary<string, Queue<Signal>> _signals = [];

    public IReadOnlyList<Fault> Draw(TimeSpan duration, IReadOnlyList<string> services)
    {
        var faults = new List<Fault>();
        for (var at = Between(MinGap, MaxGap); at < duration; at += Between(MinGap, MaxGap))
        {
            faults.Add(Draw(at, Deal(_services, services)));
        }

        return faults;
    }

    private Fault Draw(TimeSpan at, string service)
    {
        if (service == Services.TraceStore)
        {
            return new(at, service, Signal.Stop, Between(MinStop, MaxStopOfWitness));
        }

        _signals.TryAdd(service, new());
        return new(at, service, Deal(_signals[service], Signals), Between(MinStop, MaxStop));
    }

    private T Deal<T>(Queue<T> cards, IReadOnlyList<T> deck)
    {
        if (cards.Count == 0)
        {
            T[] shuffled = [.. deck];
            random.Shuffle(shuffled);
            Array.ForEach(shuffled, cards.Enqueue);
        }

        return cards.Dequeue();
    }

    private TimeSpan Between(double min, double max) => TimeSpan.FromSeconds(min + (random.NextDouble() * (max - min)));
}
