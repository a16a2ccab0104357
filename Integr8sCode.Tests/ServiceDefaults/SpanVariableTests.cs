using Integr8sCode.Infrastructure;

namespace Integr8sCode.ServiceDefaults;

/// <summary>What OpenTelemetry's variables do to the spans of a process that has them in its environment, seen from where they are sent.</summary>
public sealed class SpanVariableTests
{
    private const string Root = "root";
    private const string OfKept = "of a kept parent";
    private const string OfDropped = "of a dropped parent";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, Root, OfKept)]
    [InlineData("always_on", null, Root, OfKept, OfDropped)]
    [InlineData("always_off", null)]
    [InlineData("traceidratio", "1", Root, OfKept, OfDropped)]
    [InlineData("traceidratio", "0")]
    [InlineData("traceidratio", null, Root, OfKept, OfDropped)]
    [InlineData("parentbased_always_on", null, Root, OfKept)]
    [InlineData("parentbased_always_off", null, OfKept)]
    [InlineData("parentbased_traceidratio", "1", Root, OfKept)]
    [InlineData("parentbased_traceidratio", "0", OfKept)]
    [InlineData("adaptive", null, Root, OfKept)]
    [InlineData("adaptive", "5,1,1", Root, OfKept)]
    [InlineData("adaptive", "5,0.000001,0.000001", OfKept)]
    public async Task A_sampler_and_its_argument_choose_what_is_exported(string? sampler, string? argument, params string[] exported)
    {
        await using var receiver = await OtlpReceiver.StartAsync(Stop);

        await SpanProcess.RunAsync(
            receiver, SpanProcess.RootAndChildren, ("OTEL_TRACES_SAMPLER", sampler ?? ""), ("OTEL_TRACES_SAMPLER_ARG", argument ?? ""));

        Assert.Equal(exported.Order(StringComparer.Ordinal), receiver.Spans.Select(span => span.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("OTEL_ATTRIBUTE_COUNT_LIMIT", 2, 4, 4, 2, 2, 12)]
    [InlineData("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", 2, 4, 4, 4, 4, 12)]
    [InlineData("OTEL_SPAN_EVENT_COUNT_LIMIT", 4, 2, 4, 4, 4, 12)]
    [InlineData("OTEL_SPAN_LINK_COUNT_LIMIT", 4, 4, 2, 4, 4, 12)]
    [InlineData("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", 4, 4, 4, 2, 4, 12)]
    [InlineData("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", 4, 4, 4, 4, 2, 12)]
    [InlineData("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", 4, 4, 4, 4, 4, 2)]
    [InlineData("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", 4, 4, 4, 4, 4, 2)]
    public async Task A_limit_of_two_cuts_what_it_names(
        string variable, int attributes, int events, int links, int ofEvents, int ofLinks, int length)
    {
        await using var receiver = await OtlpReceiver.StartAsync(Stop);

        await SpanProcess.RunAsync(receiver, SpanProcess.Full, (variable, "2"));

        var span = Assert.Single(receiver.Spans);
        Assert.Equal((attributes, events, links), (span.Attributes.Count, span.Events.Count, span.Links.Count));
        Assert.All(span.Events, each => Assert.Equal(ofEvents, each.Attributes.Count));
        Assert.All(LinkAttributes(receiver), of => Assert.Equal(ofLinks, of.Count));
        Assert.All(span.Attributes.Values, value => Assert.Equal(length, ((string)value).Length));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT")]
    [InlineData("OTEL_BSP_EXPORT_TIMEOUT")]
    public async Task A_backend_that_does_not_answer_holds_up_a_batch_no_longer_than_allowed(string variable)
    {
        await using var receiver = await OtlpReceiver.StartSilentAsync(Stop);

        // The process gives the flush five seconds: with the default of ten for each, the first batch would be the only one.
        await SpanProcess.RunAsync(receiver, "3", ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1"), (variable, "1000"));

        Assert.InRange(receiver.Requests.Count, 2, 3);
    }

    [Fact]
    public async Task A_batch_that_found_no_room_is_sent_again_where_that_is_asked_for()
    {
        await using var receiver = await OtlpReceiver.StartRefusingAsync(requests: 1, Stop);

        await SpanProcess.RunAsync(receiver, "3", ("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory"));

        Assert.Equal(3, receiver.Spans.Count);
    }

    [Fact]
    public async Task A_batch_is_sent_after_the_delay_when_it_is_not_full()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Stop);

        await SpanProcess.RunAsync(receiver, SpanProcess.Spread, ("OTEL_BSP_SCHEDULE_DELAY", "20"));

        // The default of five seconds is longer than they take to be made: it would be one batch, at the end.
        Assert.InRange(receiver.Requests.Count, 5, SpanProcess.SpreadSpans);
        Assert.Equal(SpanProcess.SpreadSpans, receiver.Spans.Count);
    }

    [Theory]
    [InlineData("10", false)]
    [InlineData("1000", true)]
    public async Task A_full_queue_takes_no_more(string size, bool holdsAll)
    {
        await using var receiver = await OtlpReceiver.StartAsync(Stop);

        await SpanProcess.RunAsync(receiver, "1000", ("OTEL_BSP_MAX_QUEUE_SIZE", size));

        Assert.InRange(receiver.Spans.Count, holdsAll ? 1000 : 1, holdsAll ? 1000 : 999);
    }

    [Fact]
    public async Task Headers_and_compression_can_be_those_of_the_signal()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Stop);

        await SpanProcess.RunAsync(
            receiver, "1",
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=common"), ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-key=own"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "none"), ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip"));

        var headers = Assert.Single(receiver.Requests).Headers;
        Assert.Equal(("own", "gzip"), (headers["x-key"], headers["Content-Encoding"]));
    }

    // A link is the 13th field of a span, and its attributes are the fourth of the link.
    private static IEnumerable<IReadOnlyDictionary<string, object>> LinkAttributes(OtlpReceiver receiver) =>
        from request in receiver.Requests
        from resource in request.Body.Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        from link in span.Messages(13)
        select OtlpSpans.Attributes(link, 4);
}
