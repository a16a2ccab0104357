namespace Integr8sCode.LoadRuns;

/// <summary>How many scripts a second the Api accepts - authenticated, durable, published and traced at 100 % - with nobody working on them.</summary>
internal static class AcceptRun
{
    private const double LeastShareOfBareKestrel = 0.15;
    private const double LeastTraced = 0.99;

    public static async Task RunAsync(LoadReport report, CancellationToken cancellationToken)
    {
        report.Progress.Show("accept", 0, "starting");
        await using var platform = await PlatformUnderLoad.StartAsync(
            options => options with { Without = PlatformUnderLoad.Consumers }, cancellationToken);
        await platform.StopAsync(PlatformUnderLoad.Worker);
        await using var echo = await EchoProcess.StartAsync(cancellationToken);
        using var bare = new ClosedLoop(echo.Address, key: null);
        using var accept = platform.Callers();

        var rounds = new PairedRounds("accept", bare, accept, platform.Running, report.Progress);
        await rounds.WarmUpAsync(cancellationToken);
        var use = new ProcessorUse(platform.Running);
        await rounds.RunAsync(cancellationToken);

        report.AddPart($"accept: POST /api/v1/execute, {ClosedLoop.Callers} callers, workers stopped");
        report.Add("bare Kestrel", rounds.First);
        report.Add("accept", rounds.Second);
        use.AddTo(report, "processor time of an accept", rounds.Second.Durations.Count);
        report.Add(Target.AtLeast("accept: share of bare Kestrel's rate", rounds.Ratio, LeastShareOfBareKestrel));
        report.Add(Target.AtLeast("accept: share of traces that are whole", await platform.MeasureTracedAsync(accept, cancellationToken), LeastTraced));
        report.Add(Target.AtMost("accept: errors", rounds.Second.Errors, 0));
    }
}
