using System.Net;
using System.Text;
using Integr8sCode.Infrastructure;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Traces;

/// <summary>A summary of a backend that is slow, or has more than can be read.</summary>
public sealed class SummaryReaderTests : IDisposable
{
    private const string Routes = """{"data":[{"name":"GET /fast"},{"name":"GET /slow"},{"name":"POST /never asked"}]}""";
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly TraceQueryOptions _options = new();
    private readonly ManualClock _clock = new();
    private HttpClient? _http;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_read_in_time_is_the_answer_and_what_was_not_is_named()
    {
        var summary = await ReadAsync(async (question, stop) =>
        {
            if (!question.Contains("slow", StringComparison.Ordinal)) return Traces(1);
            _clock.Advance(_options.SummaryTimeout);
            await Task.Delay(Timeout.Infinite, stop);
            return "";
        });

        Assert.True(summary.Truncated);
        Assert.Equal(["GET /slow", "POST /never asked"], summary.IncompleteRoutes);
        Assert.Equal(("GET /fast", 1), (Assert.Single(summary.Routes).Name, summary.Routes[0].Count));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_costs_only_its_route()
    {
        var summary = await ReadAsync((question, _) =>
            Task.FromResult(Traces(question.Contains("slow", StringComparison.Ordinal) ? 1000 : 1)));

        Assert.True(summary.Truncated);
        Assert.Equal(["GET /slow"], summary.IncompleteRoutes);
        Assert.Equal("GET /fast", Assert.Single(summary.Routes).Name);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task As_many_traces_as_were_asked_for_may_not_be_all(int limit, bool truncated)
    {
        var summary = await ReadAsync((_, _) => Task.FromResult(Traces(2)), limit);

        Assert.Equal(truncated, summary.Truncated);
        Assert.Empty(summary.IncompleteRoutes);
        Assert.Equal(2, summary.Routes[0].Count);
    }

    [Fact]
    public async Task Where_nothing_could_be_read_the_backend_is_away()
    {
        var failure = await Assert.ThrowsAsync<TraceBackendException>(() => ReadAsync(async (_, stop) =>
        {
            _clock.Advance(_options.SummaryTimeout);
            await Task.Delay(Timeout.Infinite, stop);
            return "";
        }));

        Assert.Equal(503, failure.Status);
        Assert.Contains("Traces:SummaryTimeout", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _http?.Dispose();

    private Task<SummaryView> ReadAsync(Func<string, CancellationToken, Task<string>> search, int limit = 50)
    {
        _http = new(new Backend(search)) { BaseAddress = new("http://backend/"), MaxResponseContentBufferSize = 64 * 1024 };
        var reader = new SummaryReader(new(_http), new("api"), Options.Create(_options), _clock);
        return reader.ReadAsync(new(Noon.AddHours(-1), Noon, limit), Stop);
    }

    private static string Traces(int count) =>
        $$"""{"data":[{{string.Join(',', Enumerable.Range(1, count).Select(Trace))}}]}""";

    private static string Trace(int number) => $$$"""
        {"traceID":"{{{number:x32}}}","processes":{"p1":{"serviceName":"api"}},"spans":[{"spanID":"{{{number:x16}}}","processID":"p1",
        "operationName":"GET /fast","references":[],"startTime":1760000000000000,"duration":5,"tags":[{"key":"span.kind","type":"string","value":"server"}]}]}
        """;

    private sealed class Backend(Func<string, CancellationToken, Task<string>> search) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var question = request.RequestUri!.ToString();
            var body = question.Contains("/operations", StringComparison.Ordinal) ? Routes : await search(question, cancellationToken);
            return new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }
}
