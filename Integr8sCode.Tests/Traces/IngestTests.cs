using System.Net;
using System.Text;

namespace Integr8sCode.Traces;

public sealed class IngestTests
{
    private const string Id = "0af7651916cd43dd8448eb211c80319c";

    private static readonly byte[] OneSpan = SentSpan.Request(new SentSpan(Id, "b7ad6b7169203331", "work"));

    [Fact]
    public async Task An_export_is_answered_with_an_empty_response_and_its_spans_can_be_read_at_once()
    {
        await using var store = await RunningTraceStore.StartAsync();
        using var response = await store.SendAsync(OneSpan);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.Equal("work", (string?)(await store.GetAsync($"/api/traces/{Id}"))["data"]![0]!["spans"]![0]!["operationName"]);
    }

    [Fact]
    public async Task Gzip_is_understood_and_any_other_encoding_or_type_is_415()
    {
        await using var store = await RunningTraceStore.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await store.SendAsync(Bytes.Gzip(OneSpan), encoding: "gzip")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await store.SendAsync(OneSpan, encoding: "br")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await store.SendAsync("{}"u8.ToArray(), "application/json")).StatusCode);
    }

    [Fact]
    public async Task Every_cut_and_every_garbled_length_is_400_or_kept_but_never_500()
    {
        await using var store = await RunningTraceStore.StartAsync();
        for (var length = 1; length < OneSpan.Length; length++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await store.SendAsync(OneSpan[..length])).StatusCode);
        }

        for (var i = 0; i < OneSpan.Length; i++)
        {
            byte[] garbled = [.. OneSpan];
            garbled[i] ^= 0xff;
            var status = (await store.SendAsync(garbled)).StatusCode;
            Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.OK, $"byte {i}: {status}");
        }
    }

    [Fact]
    public async Task What_is_no_protobuf_or_no_gzip_is_400()
    {
        await using var store = await RunningTraceStore.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await store.SendAsync(Encoding.UTF8.GetBytes("hello, this is text"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await store.SendAsync(OneSpan, encoding: "gzip")).StatusCode);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413_and_so_is_a_small_one_that_unpacks_to_more()
    {
        await using var store = await RunningTraceStore.StartAsync("TraceStore:MaxBodyBytes=100000");
        var bomb = Bytes.Gzip(new byte[50_000_000]);
        Assert.True(bomb.Length < 1_000_000);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await store.SendAsync(new byte[100_001])).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await store.SendAsync(Bytes.Gzip(new byte[100_001]), encoding: "gzip")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await store.SendAsync(bomb, encoding: "gzip")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await store.SendAsync(OneSpan)).StatusCode);
    }

    [Fact]
    public async Task Past_what_may_wait_an_export_is_503_with_the_time_to_try_again()
    {
        await using var store = await RunningTraceStore.StartAsync("TraceStore:MaxPendingBytes=1024");
        using var response = await store.SendAsync(OneSpan);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("1", response.Headers.RetryAfter?.ToString());
    }

    [Fact]
    public async Task Spans_without_a_valid_id_are_refused_and_the_others_kept()
    {
        await using var store = await RunningTraceStore.StartAsync();
        using var response = await store.SendAsync(SentSpan.Request(
            new SentSpan(Id, "b7ad6b7169203331", "good"), new SentSpan(new string('0', 32), "b7ad6b7169203332", "zero"), new SentSpan(Id, "", "none")));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var partialSuccess = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0x08, 2], partialSuccess[2..4]); // field 1, rejected_spans
        Assert.Single((await store.GetAsync($"/api/traces/{Id}"))["data"]![0]!["spans"]!.AsArray());
    }

    [Fact]
    public async Task Spans_past_the_limit_of_their_trace_are_refused()
    {
        await using var store = await RunningTraceStore.StartAsync("TraceStore:MaxSpansPerTrace=10");
        var spans = Enumerable.Range(1, 12).Select(i => new SentSpan(Id, i.ToString("x16", null), "work"));
        Assert.NotEmpty(await (await store.SendAsync(SentSpan.Request(spans))).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(10, (await store.GetAsync($"/api/traces/{Id}"))["data"]![0]!["spans"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_export_that_is_sent_twice_counts_once()
    {
        await using var store = await RunningTraceStore.StartAsync();
        await store.SendAsync(OneSpan);
        await store.SendAsync(OneSpan);
        Assert.Equal(1, (int?)(await store.GetAsync("/api/trace-list"))["traces"]![0]!["spans"]);
    }

    [Theory]
    [InlineData("/v1/metrics")]
    [InlineData("/v1/logs")]
    public async Task Other_signals_are_404(string path)
    {
        await using var store = await RunningTraceStore.StartAsync();
        using var content = new ByteArrayContent([]);
        Assert.Equal(HttpStatusCode.NotFound, (await store.Client.PostAsync(path, content, TestContext.Current.CancellationToken)).StatusCode);
    }
}
