using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Integr8sCode.ServiceDefaults;

/// <summary>What a <see cref="SpanProcess"/> runs; no test of its own, so it runs only when it is asked for.</summary>
public sealed class SpanProgram
{
    private const string Kept = "00-11111111111111111111111111111111-2222222222222222-01";
    private const string Dropped = "00-33333333333333333333333333333333-4444444444444444-00";

    [Fact(Explicit = true)]
    public async Task Makes_the_spans_it_is_asked_for_and_stops()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        await using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await MakeAsync(Environment.GetEnvironmentVariable(SpanProcess.SpansVariable)!);
        await host.StopAsync(TestContext.Current.CancellationToken); // which flushes
    }

    private static async Task MakeAsync(string spans)
    {
        if (spans == SpanProcess.RootAndChildren) MakeRootAndChildren();
        else if (spans == SpanProcess.Full) MakeFull();
        else if (spans == SpanProcess.Spread) await MakeSpreadAsync();
        else for (var i = int.Parse(spans, CultureInfo.InvariantCulture); i > 0; i--) Make("one of many");
    }

    private static void MakeRootAndChildren()
    {
        Make("root");
        ObservedService.Source.StartActivity("of a kept parent", ActivityKind.Consumer, Remote(Kept))?.Dispose();
        ObservedService.Source.StartActivity("of a dropped parent", ActivityKind.Consumer, Remote(Dropped))?.Dispose();
    }

    private static void MakeFull()
    {
        ActivityTagsCollection Tags() => new(Enumerable.Range(1, 4).Select(i => KeyValuePair.Create($"key{i}", (object?)"a long value")));
        var links = Enumerable.Range(1, 4).Select(i => new ActivityLink(Remote(Kept), Tags()));
        using var span = ObservedService.Source.StartActivity("full", ActivityKind.Internal, default(ActivityContext), Tags(), links);
        for (var i = 1; i <= 4; i++) span?.AddEvent(new($"event{i}", tags: Tags()));
    }

    private static async Task MakeSpreadAsync()
    {
        for (var i = 0; i < SpanProcess.SpreadSpans; i++)
        {
            Make("one of many");
            await Task.Delay(SpanProcess.SpreadPause, TestContext.Current.CancellationToken);
        }
    }

    private static void Make(string name) => ObservedService.Source.StartActivity(name)?.Dispose();

    private static ActivityContext Remote(string traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : default;
}
