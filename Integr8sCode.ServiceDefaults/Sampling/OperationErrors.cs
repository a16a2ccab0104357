namespace Integr8sCode.Sampling;

/// <summary>The share of an operation's kept traces that failed in about the last half minute.</summary>
internal sealed class OperationErrors
{
    /// <summary>How many times as many traces are kept while many fail.</summary>
    public const double Raise = 10;

    private const double Remembered = 0.95; // of a second's counts, one second later
    private const double ManyShare = 0.05;
    private const double FewShare = 0.025; // lower, so that it does not switch to and fro
    private const int ManyFailures = 5;

    private long _ended;
    private long _failed;
    private double _endedRecently;
    private double _failedRecently;

    public bool AreMany { get; private set; }

    public void Count(bool failed)
    {
        Interlocked.Increment(ref _ended);
        if (failed) Interlocked.Increment(ref _failed);
    }

    public void Tick()
    {
        _endedRecently = Remembered * _endedRecently + Interlocked.Exchange(ref _ended, 0);
        _failedRecently = Remembered * _failedRecently + Interlocked.Exchange(ref _failed, 0);
        AreMany = AreMany
            ? _failedRecently > Math.Max(1, FewShare * _endedRecently)
            : _failedRecently > Math.Max(ManyFailures - 1, ManyShare * _endedRecently);
    }
}
