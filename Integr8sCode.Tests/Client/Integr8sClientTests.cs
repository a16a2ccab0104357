using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Client;

[Collection<SharedPlatform>]
public sealed class Integr8sClientTests : IDisposable
{
    private const string Forever = "import time\nprint('hello', flush=True)\ntime.sleep(60)";

    private readonly LocalPlatform _platform;
    private readonly Integr8sClient _client;

    public Integr8sClientTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _client = new(_platform.Api, _platform.Keys.User);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_is_run_with_all_that_it_was_given()
    {
        var ended = await _client.RunAsync(
            new("import sys\nprint(sys.stdin.read(), sys.argv[1:], open('/w/data/a.txt').read())\nsys.exit(3)", "python")
            {
                Stdin = "in",
                Args = ["a", "ä"],
                Files = [new("data/a.txt", "file")],
                Limits = new() { TimeoutSeconds = 5, MemoryBytes = 128 * 1024 * 1024 },
                Priority = "high",
            },
            Stop);

        Assert.Equal((ExecutionStatus.Completed, 3, "in ['a', 'ä'] file\n", "utf-8"), (ended.Status, ended.ExitCode, ended.Stdout, ended.StdoutEncoding));
        using var user = new ApiUser(_platform.Api, _platform.Keys.User);
        var events = await user.GetAsync($"/api/v1/executions/{ended.Id}/events");
        Assert.Equal("high", events["items"]![0]!["data"]!["priority"]!.GetValue<string>());
    }

    [Fact]
    public async Task Waiting_lasts_until_the_end_and_the_answer_has_the_output()
    {
        var submitted = await _client.SubmitAsync(new("import time\ntime.sleep(1)\nprint('done')", "python"), Stop);
        Assert.False(submitted.HasEnded);

        Assert.Equal("done\n", (await _client.WaitAsync(submitted.Id, Stop)).Stdout);
    }

    [Fact]
    public async Task A_stream_tells_everything_while_it_happens_and_a_cancellation_ends_it()
    {
        var submitted = await _client.SubmitAsync(new(Forever, "python"), Stop);
        var updates = new List<ExecutionUpdate>();
        await foreach (var update in _client.StreamAsync(submitted.Id, Stop))
        {
            updates.Add(update);
            if (update is ExecutionUpdate.Output)
            {
                Assert.Equal(ExecutionStatus.Running, (await _client.GetAsync(submitted.Id, Stop)).Status);
                await _client.CancelAsync(submitted.Id, Stop);
            }
        }

        Assert.IsType<ExecutionUpdate.State>(updates[0]);
        Assert.Equal("hello\n", Assert.Single(updates.OfType<ExecutionUpdate.Output>()).Text);
        Assert.Equal("execution.cancelled", updates.OfType<ExecutionUpdate.Event>().Last().Type);
        Assert.Equal(ExecutionStatus.Cancelled, Assert.IsType<ExecutionUpdate.Result>(updates[^1]).Execution.Status);
        Assert.Equal(ExecutionStatus.Cancelled, (await _client.CancelAsync(submitted.Id, Stop)).Status);
    }

    [Fact]
    public async Task Over_a_network_that_breaks_a_script_runs_once_and_its_stream_misses_and_repeats_nothing()
    {
        const string Script = "import sys, time\nfor i in range(40):\n  print(i, 'ä€🦊' * 20, flush=True)\n  time.sleep(0.02)\nsys.stdout.buffer.write(b'\\xff')";
        using var network = new FlakyHandler(piece: 1000);
        using var client = new Integr8sClient(HttpOver(network), new() { MaxAttempts = 20, FirstPause = TimeSpan.FromMilliseconds(10) });

        var submitted = await client.SubmitAsync(new(Script, "python"), Stop);
        Assert.Equal(2, network.Requests.Count);
        var (output, events) = (new MemoryStream(), new List<long>());
        await foreach (var update in client.StreamAsync(submitted.Id, Stop))
        {
            if (update is ExecutionUpdate.Event told) events.Add(told.Sequence);
            if (update is ExecutionUpdate.Output piece) output.Write(piece.Bytes.Span);
        }

        var expected = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i} {string.Concat(Enumerable.Repeat("ä€🦊", 20))}\n"));
        Assert.Equal([.. Encoding.UTF8.GetBytes(expected), 0xff], output.ToArray());
        Assert.Equal([1, 2, 3, 4], events);
        Assert.Contains(network.Requests, request => request.Headers.Contains("Last-Event-ID"));
        var first = network.Requests[0].Headers.GetValues("Idempotency-Key");
        Assert.Equal(submitted.Id, (await _client.SubmitAsync(new(Script, "python") { IdempotencyKey = first.Single() }, Stop)).Id);
    }

    // The sampled flag of a caller is not obeyed here (Traces__TrustCallers is false): its trace is continued either way, and kept.
    [Theory]
    [InlineData(ActivityTraceFlags.None)]
    [InlineData(ActivityTraceFlags.Recorded)]
    public async Task The_trace_of_the_caller_is_continued(ActivityTraceFlags sampled)
    {
        using var network = new FlakyHandler(piece: 1_000_000);
        using var client = new Integr8sClient(HttpOver(network), new() { FirstPause = TimeSpan.FromMilliseconds(10) });
        using var caller = new Activity("caller") { ActivityTraceFlags = sampled }.SetIdFormat(ActivityIdFormat.W3C).Start();

        var ended = await client.RunAsync(new("print(1)", "python"), Stop);

        using var traces = new TraceReader(_platform.Traces);
        var spans = await traces.ReadWhenAsync(
            caller.TraceId.ToHexString(), spans => spans.Any(span => span.Name == "sandbox.run") && RequestsIn(spans).Count() >= 2);
        Assert.Equal(caller.TraceId.ToHexString(), ended.TraceId);
        var sent = network.Requests.Where(request => request.Method == HttpMethod.Post)
            .Select(request => ActivityContext.Parse(request.Headers.GetValues("traceparent").Single(), null).SpanId.ToHexString());
        Assert.Equal(sent.Order(StringComparer.Ordinal), RequestsIn(spans).Select(span => span.ParentId).Order(StringComparer.Ordinal));
        Assert.Single(spans, span => span.Name == "sandbox.run");

        static IEnumerable<StoredSpan> RequestsIn(IEnumerable<StoredSpan> spans) => spans.Where(span => span.Name == "POST /api/v1/execute");
    }

    [Fact]
    public async Task A_refusal_names_the_fields_and_a_wrong_key_and_an_unknown_id_are_told_apart()
    {
        var refused = await Assert.ThrowsAsync<Integr8sException>(() => _client.SubmitAsync(new("", "cobol"), Stop));
        var missing = await Assert.ThrowsAsync<Integr8sException>(() => _client.WaitAsync(Guid.CreateVersion7(), Stop));
        using var stranger = new Integr8sClient(_platform.Api, "i8s_nobody");
        var unknown = await Assert.ThrowsAsync<Integr8sException>(() => stranger.GetAsync(Guid.CreateVersion7(), Stop));

        Assert.Equal((HttpStatusCode.BadRequest, "script"), (refused.StatusCode, Assert.Single(refused.Errors).Key));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (missing.StatusCode, unknown.StatusCode));
        Assert.All([refused, missing, unknown], problem => Assert.Equal(32, problem.TraceId?.Length));
    }

    public void Dispose() => _client.Dispose();

    private HttpClient HttpOver(HttpMessageHandler network) => new(network, disposeHandler: false)
    {
        BaseAddress = _platform.Api,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", _platform.Keys.User) },
    };
}
