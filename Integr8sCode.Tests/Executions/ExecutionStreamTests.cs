using System.Net;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Executions;

[Collection<SharedPlatform>]
public sealed class ExecutionStreamTests : IDisposable
{
    private const string Forever = "import time\nprint('hello', flush=True)\ntime.sleep(60)";

    private readonly LocalPlatform _platform;
    private readonly ApiUser _user;

    public ExecutionStreamTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, _platform.Keys.User);
    }

    [Fact]
    public async Task A_stream_tells_the_state_every_event_the_output_the_result_and_ends_by_itself()
    {
        var items = await _user.ReadToEndAsync(await _user.SubmitAsync("import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)"));

        Assert.Equal(
            [
                "state", "execution.requested", "execution.scheduled", "execution.started", "output", "output", "execution.completed",
                "result", "end",
            ],
            items.Select(item => item.Kind));
        Assert.Equal(("out\n", "err\n"), (items.Output(), items.Output("stderr")));
        var result = items[^2].Data;
        Assert.Equal(("completed", 3, 4), (result["status"]!.GetValue<string>(), result["exit_code"]!.GetValue<int>(), result["stdout_bytes"]!.GetValue<int>()));
        Assert.Equal("completed", items[^1].Data["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Output_arrives_while_the_script_runs_and_a_cancellation_ends_the_stream()
    {
        var id = await _user.SubmitAsync(Forever);
        var items = new List<StreamedItem>();
        await foreach (var item in _user.StreamAsync(id))
        {
            items.Add(item);
            if (item.Kind == "output")
            {
                Assert.Equal("running", (await _user.GetAsync(id))["status"]!.GetValue<string>());
                using var cancel = await _user.PostAsync($"/api/v1/executions/{id}/cancel");
            }
        }

        Assert.Equal("hello\n", items.Output());
        Assert.Equal(["execution.cancel_requested", "execution.cancelled", "result", "end"], items.TakeLast(4).Select(item => item.Kind));
    }

    [Fact]
    public async Task Who_opens_it_late_is_told_the_same()
    {
        var id = await _user.SubmitAsync("import time\nfor i in range(4):\n  print(i, flush=True)\n  time.sleep(0.3)");
        var live = await _user.ReadToEndAsync(id);
        await _user.GetEndedAsync(id);

        var late = await _user.ReadToEndAsync(id);

        Assert.Equal(["0\n1\n2\n3\n", "0\n1\n2\n3\n"], [live.Output(), late.Output()]);
        Assert.True(live.Count(item => item.Kind == "output") > 1, "The live reader should have had its output in pieces.");
        Assert.Single(late, item => item.Kind == "output");
        Assert.Equal(WithoutOutput(live), WithoutOutput(late));

        static IEnumerable<string> WithoutOutput(IEnumerable<StreamedItem> items) =>
            items.Where(item => item.Kind is not ("output" or "state")).Select(item => item.Kind == "result" ? item.Kind : item.ToString());
    }

    [Fact]
    public async Task A_stream_resumes_after_any_of_its_items_without_gap_or_repetition()
    {
        var id = await _user.SubmitAsync("import sys, time\nfor i in range(3):\n  print('ä€🦊' * 3000, flush=True)\n  print(i, file=sys.stderr)\n  time.sleep(0.3)");
        var live = await _user.ReadToEndAsync(id);
        await _user.GetEndedAsync(id);

        for (var had = 1; had < live.Count; had++)
        {
            var rest = await _user.ReadToEndAsync(id, live[had - 1].Id);

            var whole = live.Take(had).Concat(rest).ToList();
            Assert.Equal(live.Output(), whole.Output());
            Assert.Equal(live.Output("stderr"), whole.Output("stderr"));
            Assert.Equal(KindsOf(live), KindsOf(whole));
        }

        using var after = await _user.OpenStreamAsync(id, live[^1].Id);
        Assert.Equal(HttpStatusCode.NoContent, after.StatusCode);

        static IEnumerable<string> KindsOf(IEnumerable<StreamedItem> items) => items.Select(item => item.Kind).Where(kind => kind != "output");
    }

    [Fact]
    public async Task A_character_that_is_written_in_two_halves_arrives_whole()
    {
        var items = await _user.ReadToEndAsync(await _user.SubmitAsync(
            """
            import sys, time
            for half in (b'a\xe2', b'\x82\xacb', b'\xf0\x9f', b'\xa6\x8a'):
                sys.stdout.buffer.write(half)
                sys.stdout.buffer.flush()
                time.sleep(0.4)
            """));

        Assert.Equal("a€b🦊", items.Output());
        Assert.All(items.Where(item => item.Kind == "output"), item => Assert.Equal("utf-8", item.Data["encoding"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Output_that_is_no_text_comes_as_base64()
    {
        var items = await _user.ReadToEndAsync(await _user.SubmitAsync("import sys; sys.stdout.buffer.write(b'\\xff\\x00')"));

        var output = Assert.Single(items, item => item.Kind == "output");
        Assert.Equal(("/wA=", "base64", 2), (output.Text, output.Data["encoding"]!.GetValue<string>(), output.Data["bytes"]!.GetValue<int>()));
    }

    [Fact]
    public async Task All_of_a_large_output_arrives_in_bounded_pieces()
    {
        var items = await _user.ReadToEndAsync(await _user.SubmitAsync("import time\nfor i in range(3):\n  print('x' * 299_999, flush=True)\n  time.sleep(0.3)"));

        var expected = string.Concat(Enumerable.Repeat(new string('x', 299_999) + "\n", 3));
        Assert.Equal(expected, items.Output());
        Assert.All(items.Where(item => item.Kind == "output"), item => Assert.InRange(item.Data["bytes"]!.GetValue<int>(), 1, OutputChunk.MaxBytes));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1-2-3")]
    [InlineData("1-1-0-0-9")]
    [InlineData("99-1-0-0-1")]
    [InlineData("-1-1-0-0-1")]
    public async Task An_id_that_the_stream_never_gave_out_is_a_bad_request(string lastEventId)
    {
        var id = await _user.SubmitAsync("print(1)");
        await _user.GetEndedAsync(id);

        using var response = await _user.OpenStreamAsync(id, lastEventId);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]!["Last-Event-ID"]);
    }

    [Fact]
    public async Task The_chunks_are_gone_once_the_result_is_stored()
    {
        var id = await _user.SubmitAsync("import time\nprint('x', flush=True)\ntime.sleep(1)");
        await _user.ReadToEndAsync(id);

        await Eventually.HoldsAsync(() => CountChunks(id) == 0);
    }

    [Fact]
    public async Task The_request_s_span_ends_with_the_headers_and_reading_on_leaves_no_spans()
    {
        using var traces = new TraceReader(_platform.Traces);
        var trace = Guid.CreateVersion7().ToString("N");
        var id = await _user.SubmitAsync(Forever);
        await foreach (var item in _user.StreamAsync(id, traceParent: $"00-{trace}-b7ad6b7169203331-01"))
        {
            if (item.Kind == "output")
            {
                var spans = await traces.ReadAsync(trace, span => span.Kind == "server");
                Assert.Equal("running", (await _user.GetAsync(id))["status"]!.GetValue<string>());
                var server = spans.Single(span => span.Kind == "server");
                Assert.Equal(("GET /api/v1/executions/{id}/stream", "200", "b7ad6b7169203331"), (server.Name, server.Text("http.response.status_code"), server.ParentId));
                Assert.Equal(id.ToString(), server.Text("execution.id"));
                break;
            }
        }

        using var cancel = await _user.PostAsync($"/api/v1/executions/{id}/cancel");
        await _user.GetEndedAsync(id);
        Assert.Single(await traces.FindAsync(trace), span => span is { Kind: "client" });
    }

    public void Dispose() => _user.Dispose();

    private long CountChunks(Guid id)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_platform.Database};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM execution_output_chunks WHERE execution_id = $id";
        command.Parameters.AddWithValue("$id", id.ToByteArray(bigEndian: true));
        return (long)command.ExecuteScalar()!;
    }
}
