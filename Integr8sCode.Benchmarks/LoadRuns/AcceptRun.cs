namespace Integr8sCode.LoadRuns;

/// <summary>How many scripts a second the Api accepts - authenticated, durable, published and traced at 100 % - with nobody working on them.</summary>
internal static class AcceptRun
{
    private const double LeastShareOfBareKestrel = 0.15;

    public static async Task RunAsync(LoadReport report, CancellationToken cancellationToken)
    {
        report.Progress.Show("accept", 0, "starting");
        await using var platform = await PlatformUnderLoad.StartAsync(
            options => options with { Without = PlatformUnderLoad.Consumers }, cancellationToken);
        await platform.StopAsync(PlatformUnderLoad.Worker);
        await using var echo = await EchoProcess.StartAsync(cancellationToken);
        using var bare = new ClosedLoop(echo.Address, key: null);
        using var accept = platform.Callers();

        var rounds = await PairedRounds.RunAsync("accept", bare, accept, report.Progress, cancellationToken);

        report.AddPart($"accept: POST /api/v1/execute, {ClosedLoop.Callers} callers, workers stopped");
        report.Add("bare Kestrel", rounds.First);
        report.Add("accept", rounds.Second);
        report.Add(Target.AtLeast("accept: share of bare Kestrel's rate", rounds.Ratio, LeastShareOfBareKestrel));
        report.Add(Target.AtMost("accept: errors", rounds.Second.Errors, 0));
    }
}
