using Microsoft.Extensions.Options;

namespace Integr8sCode.Executions;

/// <summary>
/// <c>rebuild [--dry-run]</c>: makes the executions what their events say and prints where they differed. Ends with 0 when nothing
/// differs any more, with 1 when something does, and with 2 and a sentence on standard error where it cannot tell.
/// </summary>
internal static class RebuildCommand
{
    public const string Name = "rebuild";

    private const string DryRun = "--dry-run";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [Name] and not [Name, DryRun])
        {
            await Console.Error.WriteLineAsync($"Usage: {Name} [{DryRun}]");
            return 2;
        }

        try
        {
            var report = await RebuildAsync(isDryRun: arguments is [_, DryRun]);
            await PrintAsync(report);
            return report.Different == report.Repaired ? 0 : 1;
        }
        catch (Exception error) when (error is OptionsValidationException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped; running it again begins anew.");
            return 2;
        }
    }

    private static async Task<RebuildReport> RebuildAsync(bool isDryRun)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders(); // the output is the report; what fails is told on standard error
        builder.AddStorage();
        using var host = builder.Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate(); // the host would log what it finds with a stack trace
        await host.StartAsync();
        var rebuild = new ExecutionRebuild(
            host.Services.GetRequiredService<IExecutionStore>(), host.Services.GetRequiredService<Events.IEventStore>());
        var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        var report = await rebuild.RunAsync(isDryRun, stop);
        await host.StopAsync(CancellationToken.None);
        return report;
    }

    private static async Task PrintAsync(RebuildReport report)
    {
        foreach (var difference in report.Differences)
        {
            await Console.Out.WriteLineAsync(
                $"{difference.ExecutionId}  {difference.Field}: {difference.Stored ?? "nothing"} -> {difference.Rebuilt ?? "nothing"}");
        }

        await Console.Out.WriteLineAsync($"{report.Executions} executions, {report.Different} different, {report.Repaired} repaired.");
    }
}
