using Microsoft.Extensions.Options;

namespace Integr8sCode.Executions;

/// <summary>
/// <c>rebuild [--dry-run]</c>: makes the executions what their events say and prints where they differed. Ends with 0 when nothing
/// differs any more, and with 1 when something does.
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

        var report = await rebuild.RunAsync(arguments is [_, DryRun], stop);
        await PrintAsync(report);
        await host.StopAsync(CancellationToken.None);
        return report.Different == report.Repaired ? 0 : 1;
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
