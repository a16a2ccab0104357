using System.Diagnostics;
using System.Net;
using System.Text;
using Integr8sCode.Events;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>What a call comes to with a receiver that fails, stalls, redirects and lies.</summary>
public sealed class OutboundHttpTests
{
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(0.5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    public async Task A_success_is_delivered(int status)
    {
        var result = await CallAsync(WebhookAnswer.Status(status));

        Assert.Equal(new(status), result);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(599)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        var result = await CallAsync(WebhookAnswer.Status(status));

        Assert.Equal(new(status, $"The receiver answered {status}.", IsTransient: true), result);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(410)]
    [InlineData(422)]
    public async Task What_the_receiver_refuses_is_not_tried_again(int status)
    {
        var result = await CallAsync(WebhookAnswer.Status(status));

        Assert.Equal(new(status, $"The receiver answered {status}."), result);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var elsewhere = new WebhookReceiver();

        var result = await CallAsync(WebhookAnswer.Status(status, $"Location: {elsewhere.Url}"));

        Assert.Equal((status, false), (result.StatusCode, result.IsTransient));
        Assert.Contains("redirects are not followed", result.Error, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: Thu, 01 Jan 1970 00:00:00 GMT", null)]
    [InlineData("Retry-After: soon", null)]
    public async Task How_long_the_receiver_asks_to_wait_is_understood(string header, int? seconds)
    {
        var result = await CallAsync(WebhookAnswer.Status(429, header));

        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, result.RetryAfter);
    }

    [Fact]
    public async Task The_time_at_which_the_receiver_wants_to_be_called_again_is_understood()
    {
        var result = await CallAsync(WebhookAnswer.Status(503, $"Retry-After: {TimeProvider.System.GetUtcNow().AddHours(1):R}"));

        Assert.InRange(result.RetryAfter!.Value, TimeSpan.FromMinutes(58), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_receiver_that_stalls_is_left_at_the_time_limit()
    {
        var result = await CallAsync(WebhookAnswer.Stall, ShortTimeout);

        Assert.Equal(new(null, "No answer within 0.5 s.", IsTransient: true), result);
    }

    [Fact]
    public async Task A_dropped_connection_may_pass()
    {
        Assert.All([await CallAsync(WebhookAnswer.HangUp), await CallAsync(WebhookAnswer.Reset)], result =>
        {
            Assert.Equal(((int?)null, true), (result.StatusCode, result.IsTransient));
            Assert.NotNull(result.Error);
        });
    }

    [Fact]
    public async Task Nobody_there_may_pass()
    {
        string url;
        await using (var gone = new WebhookReceiver())
        {
            url = gone.Url;
        }

        var result = await CallAsync(url, ["127.0.0.1"], TimeSpan.FromSeconds(10));

        Assert.Equal(new(null, "No connection could be made.", IsTransient: true), result);
    }

    [Fact]
    public async Task What_is_no_http_may_pass()
    {
        Assert.All([await CallAsync(WebhookAnswer.Garbage), await CallAsync(WebhookAnswer.GiantHeaders)], result =>
            Assert.Equal(new(null, "The answer was not valid HTTP.", IsTransient: true), result));
    }

    [Fact]
    public async Task The_status_counts_whatever_becomes_of_the_body()
    {
        Assert.Equal(new(200), await CallAsync(WebhookAnswer.LieAboutTheLength));
        Assert.Equal(new(200), await CallAsync(WebhookAnswer.StalledBody));
        Assert.Equal(new(200), await CallAsync(WebhookAnswer.GiantBody));
    }

    [Fact]
    public async Task A_name_that_stands_for_a_private_address_is_not_called()
    {
        await using var receiver = new WebhookReceiver();
        var url = $"https://receiver.example:{receiver.Port}/";

        var result = await CallAsync(url, [], TimeSpan.FromSeconds(10), new(Options.Create(new DestinationOptions()))
        {
            ResolveAsync = (_, _) => Task.FromResult(new[] { IPAddress.Parse("93.184.215.14"), IPAddress.Loopback }),
        });

        Assert.Equal(new(null, "The host's name stands for an address that must not be called."), result);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_what_was_judged_is_called()
    {
        await using var receiver = new WebhookReceiver();
        var host = $"receiver.example:{receiver.Port}";
        var asked = 0;

        var result = await CallAsync($"http://{host}/", [host], TimeSpan.FromSeconds(10), new(Allowing(host))
        {
            ResolveAsync = (_, _) => Task.FromResult(new[] { Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("192.0.2.1") }),
        });

        Assert.Equal((new(200), 1), (result, asked));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task A_call_has_one_client_span_that_names_the_receiver_and_none_of_its_secrets()
    {
        await using var receiver = new WebhookReceiver(WebhookAnswer.Status(503));
        using var recorded = new RecordedSpans();
        using var parent = Telemetry.Source.StartActivity("test")!;

        await CallAsync(receiver.Url, [$"127.0.0.1:{receiver.Port}"], TimeSpan.FromSeconds(10));

        var span = Assert.Single(recorded.OfTrace(parent.TraceId), span => span.Kind is ActivityKind.Client);
        Assert.Equal(("POST", parent.SpanId, ActivityStatusCode.Error), (span.DisplayName, span.ParentSpanId, span.Status));
        Assert.Equal((parent.TraceId.ToHexString(), span.SpanId.ToHexString()), Assert.Single(receiver.Requests).Caller);
        Assert.Equal($"http://127.0.0.1:{receiver.Port}/***", span.GetTagItem("url.full"));
        Assert.Equal(("POST", 503, "503"), (span.GetTagItem("http.request.method"), span.GetTagItem("http.response.status_code"), span.GetTagItem("error.type")));
        Assert.Equal(("127.0.0.1", receiver.Port), (span.GetTagItem("server.address"), span.GetTagItem("server.port")));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal));
    }

    private static IOptions<DestinationOptions> Allowing(params string[] hosts)
    {
        var options = new DestinationOptions();
        foreach (var host in hosts) options.AllowedHosts.Add(host);
        return Options.Create(options);
    }

    private static async Task<DeliveryResult> CallAsync(WebhookAnswer answer, TimeSpan? timeout = null)
    {
        await using var receiver = new WebhookReceiver(answer);
        return await CallAsync(receiver.Url, [$"127.0.0.1:{receiver.Port}"], timeout ?? TimeSpan.FromSeconds(30));
    }

    private static async Task<DeliveryResult> CallAsync(
        string url, string[] allowed, TimeSpan timeout, GuardedConnection? connection = null)
    {
        var destinations = Allowing(allowed);
        using var http = new OutboundHttp(
            connection ?? new(destinations), destinations, Options.Create(new NotificationOptions { Timeout = timeout }), TimeProvider.System);
        return await http.PostAsync(new(url, NotificationChannel.Webhook, Encoding.UTF8.GetBytes("{}"), [], Attempt: 1), Stop);
    }
}
