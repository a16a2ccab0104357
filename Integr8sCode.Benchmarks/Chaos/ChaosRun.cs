using System.Diagnostics;
using Integr8sCode.LoadRuns;
using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>
/// Kills, terminates and stops every service at random under a steady load, lets the platform recover by itself, and then asks whether
/// anything that was accepted was lost, done twice or left behind.
/// </summary>
internal static class ChaosRun
{
    private static readonly TimeSpan Overhead = TimeSpan.FromMinutes(6);

    /// <returns>0 when every check passes, 1 when one is breached or the platform does not start, 2 for a wrong argument.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        ChaosOptions options;
        try
        {
            options = ChaosOptions.Parse(arguments);
        }
        catch (LoadException wrong)
        {
            await Console.Error.WriteLineAsync($"error: {wrong.Message}");
            return 2;
        }

        using var stop = new CancellationTokenSource(options.Duration + Overhead);
        Console.CancelKeyPress += (_, interrupt) =>
        {
            interrupt.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await RunAsync(options, stop.Token) ? 0 : 1;
        }
        catch (Exception failure) when (failure is PlatformException or LoadException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"error: the run did not finish: {failure.Message}");
            return 1;
        }
    }

    private static async Task<bool> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        var report = new ChaosReport(Console.Out);
        var progress = new Progress();
        report.WriteStart(options);
        await using var chaos = await ChaosPlatform.StartAsync((_, _) => { }, cancellationToken);
        var platform = chaos.Platform;
        using var load = new SteadyLoad(platform);
        var faults = new FaultInjector(platform, TimeProvider.System);
        var plan = new FaultPlan(new Random(options.Seed)).Draw(options.Duration, [.. platform.All.Select(service => service.Name)]);
        progress.Show("chaos", 0, $"{plan.Count} faults in {options.Duration.TotalSeconds:0} s");
        await Task.WhenAll(load.RunAsync(options.Duration, cancellationToken), faults.RunAsync(plan, cancellationToken));

        progress.Show("settling", 0, $"{load.Accepted.Count} executions");
        var settling = Stopwatch.StartNew();
        using var store = new StoreChecks(platform.Database, load.Accepted);
        using var traces = new TraceChecks(platform.Traces, store, faults);
        var processes = new ProcessChecks(platform, faults, load);
        var results = await Settling.RunAsync([.. processes.All, .. store.All, processes.NothingLeft, traces.Check], cancellationToken);

        report.WriteFaults(platform.All, faults.Injected);
        await report.WriteLoadAsync(load, store, cancellationToken);
        report.WriteRecovery(settling.Elapsed, traces.Excused);
        report.WriteChecks(results);
        var passed = results.All(result => result.Passed);
        if (!passed)
        {
            report.WriteTimes(faults.Injected);
        }

        return passed;
    }
}
