using System.Net;

namespace Integr8sCode.Traces;

public sealed class TraceStoreProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("traces-");

    private string Database => Path.Combine(_folder.FullName, "sub", "traces.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_answered_200_survives_a_kill_in_the_middle_of_writing()
    {
        var kept = 0;
        await using (var store = await TraceStoreProcess.Run(Database).ListeningAsync())
        {
            for (; kept < 40; kept++)
            {
                using var response = await store.SendAsync(Request(kept));
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }

            var unanswered = store.SendAsync(Request(kept));
            await store.KillAsync();
            await Record.ExceptionAsync(() => unanswered);
        }

        await using var again = await TraceStoreProcess.Run(Database).ListeningAsync();
        for (var trace = 0; trace < kept; trace++)
        {
            var json = await again.Client.GetStringAsync($"/api/traces/{Id(trace)}", TestContext.Current.CancellationToken);
            Assert.Equal(100, json.Split("\"operationName\":\"work\"").Length - 1);
        }

        Assert.Equal(HttpStatusCode.OK, (await again.SendAsync(Request(kept + 1))).StatusCode);
    }

    [Fact]
    public async Task What_was_answered_200_is_found_after_a_kill_that_came_before_it_was_indexed()
    {
        const int Traces = 30;
        await using (var store = await TraceStoreProcess.Run(Database).ListeningAsync())
        {
            for (var trace = 0; trace < Traces; trace++)
            {
                using var response = await store.SendAsync(SentSpan.Request(
                    new SentSpan(Id(trace), "00000000000000a1", $"work {trace}") { Tags = [("number", trace)], Resource = [("host.name", "blue")] }));
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }

            await store.KillAsync();
        }

        await using var again = await TraceStoreProcess.Run(Database).ListeningAsync();
        for (var trace = 0; trace < Traces; trace++)
        {
            Assert.Contains(Id(trace), await FindAsync(again, $"tag=number:{trace}"), StringComparison.Ordinal);
            Assert.Contains(Id(trace), await FindAsync(again, $"service=worker&operation=work+{trace}"), StringComparison.Ordinal);
        }

        Assert.Equal(Traces, (await FindAsync(again, "tag=host.name:blue&limit=100")).Split("\"operationName\"").Length - 1);
    }

    [Theory]
    [InlineData("TraceStore__MaxBytes", "5", "MaxBytes")]
    [InlineData("TraceStore__MaxAge", "00:00:00", "MaxAge")]
    [InlineData("TraceStore__Path", "/proc/nowhere/traces.db", "TraceStore:Path")]
    public async Task A_wrong_option_stops_the_process_at_start_and_is_named(string name, string value, string named)
    {
        await using var store = TraceStoreProcess.Run(Database, (name, value));
        await store.ExitedAsync();
        Assert.NotEqual(0, store.ExitCode);
        Assert.Contains(named, await store.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_never_sends_its_own_traces_anywhere_least_of_all_to_itself()
    {
        await using var receiver = await RunningTraceStore.StartAsync();
        await using (var store = await TraceStoreProcess.Run(
            Database, ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "10"), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_LOGS_EXPORTER", "none")).ListeningAsync())
        {
            await store.SendAsync(Request(1));
            await store.Client.GetStringAsync("/api/services", TestContext.Current.CancellationToken);
            Assert.Equal(0, await store.StopAsync());
        }

        Assert.Empty((await receiver.GetAsync("/api/trace-list"))["traces"]!.AsArray());
    }

    private static Task<string> FindAsync(TraceStoreProcess store, string query) =>
        store.Client.GetStringAsync($"/api/traces?{query}", TestContext.Current.CancellationToken);

    private static string Id(int trace) => (trace + 1).ToString("x32", null);

    private static byte[] Request(int trace) => SentSpan.Request(
        Enumerable.Range(1, 100).Select(span => new SentSpan(Id(trace), span.ToString("x16", null), "work") { Tags = [("filler", new string('x', 200))] }));
}
