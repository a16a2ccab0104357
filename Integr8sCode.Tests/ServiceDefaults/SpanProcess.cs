using System.Diagnostics;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.ServiceDefaults;

/// <summary>
/// Another process with the defaults of every service, which makes spans and stops: this test program again, running only
/// <see cref="SpanProgram"/>.
/// </summary>
internal static class SpanProcess
{
    public const string SpansVariable = "INTEGR8SCODE_TEST_SPANS";

    /// <summary>A root, a child of a remote parent that was kept, and one of a parent that was dropped.</summary>
    public const string RootAndChildren = "root and children";

    /// <summary>One span with four attributes, four events and four links, each of them with four attributes again.</summary>
    public const string Full = "full";

    /// <summary>Fifty spans with a pause after each.</summary>
    public const string Spread = "spread";

    public const int SpreadSpans = 50;

    public static readonly TimeSpan SpreadPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs it to its end; a number for <paramref name="spans"/> makes so many at once.</summary>
    public static async Task RunAsync(OtlpReceiver receiver, string spans, params (string Name, string Value)[] variables)
    {
        var start = TestProgram.Of<SpanProgram>();
        start.Environment[SpansVariable] = spans;
        start.Environment["OTEL_METRICS_EXPORTER"] = "none";
        start.Environment["OTEL_LOGS_EXPORTER"] = "none";
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.HttpEndpoint;
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output);
        }
        finally
        {
            process.Kill(); // does nothing to one that has ended
        }
    }
}
