using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>Two loads in short rounds, one after the other, so that whatever the machine does meanwhile happens to both.</summary>
internal sealed class PairedRounds(
    string part, ClosedLoop first, ClosedLoop second, IReadOnlyCollection<Service> services, Progress progress)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8); // most of what will be compiled again for speed, is
    private const int Rounds = 9;

    private readonly List<double> _ratios = [];

    public Samples First { get; private set; } = Samples.None;

    public Samples Second { get; private set; } = Samples.None;

    /// <summary>Rate of the second over that of the first: the median of all rounds.</summary>
    public double Ratio => _ratios.Order().ElementAt(_ratios.Count / 2);

    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        progress.Show(part, 0, "warming up");
        await first.RunAsync(WarmUp, cancellationToken);
        await second.RunAsync(WarmUp, cancellationToken);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await RunAsync(swap: round % 2 == 0, cancellationToken);
            progress.Show(part, (double)round / Rounds, $"round {round} of {Rounds}: {First.Rate:0} and {Second.Rate:0} a second");
        }
    }

    private async Task RunAsync(bool swap, CancellationToken cancellationToken)
    {
        var earlier = await RunAsync(swap ? second : first, cancellationToken);
        var later = await RunAsync(swap ? first : second, cancellationToken);
        var (ofFirst, ofSecond) = swap ? (later, earlier) : (earlier, later);
        First = First.And(ofFirst);
        Second = Second.And(ofSecond);
        _ratios.Add(ofSecond.Rate / ofFirst.Rate);
    }

    private async Task<Samples> RunAsync(ClosedLoop load, CancellationToken cancellationToken)
    {
        await ProcessorUse.WaitUntilIdleAsync(services, cancellationToken);
        return await load.RunAsync(Length, cancellationToken);
    }
}
