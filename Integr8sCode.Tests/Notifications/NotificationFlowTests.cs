using System.Net;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Notifications;

/// <summary>From an ended execution to its user, on a platform of real processes.</summary>
[Collection<SharedPlatform>]
public sealed class NotificationFlowTests : IAsyncLifetime
{
    private readonly LocalPlatform _platform;
    private readonly ApiUser _user;
    private readonly TraceReader _traces;

    public NotificationFlowTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, PlatformFixture.NotifiedKey);
        _traces = new(_platform.Traces);
    }

    public async ValueTask InitializeAsync() => await _user.UnsubscribeAsync();

    public async ValueTask DisposeAsync()
    {
        await _user.UnsubscribeAsync();
        _user.Dispose();
        _traces.Dispose();
    }

    [Fact]
    public async Task Whoever_says_nothing_is_told_in_the_application()
    {
        var id = await RunAsync("import sys; sys.exit(3)");

        var page = await _user.GetAsync($"/api/v1/notifications?include_tag=exec:{id}");
        var news = Assert.Single(page["items"]!.AsArray())!;

        Assert.Equal(("in_app", "medium", "delivered"), (news["channel"]!.ToString(), news["severity"]!.ToString(), news["status"]!.ToString()));
        Assert.StartsWith("Your python script exited with code 3", news["body"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal($"/api/v1/executions/{id}", news["links"]!["execution"]!.ToString());
    }

    [Fact]
    public async Task Unread_notifications_are_counted_read_and_deleted()
    {
        using var all = await _user.PostAsync("/api/v1/notifications/read-all");
        await RunAsync("print(1)");
        var id = await RunAsync("print(2)");
        Assert.Equal(2, await UnreadAsync());
        var news = await _user.GetNotificationAsync(id, "in_app", "delivered");
        var self = news["links"]!["self"]!.ToString();

        using var read = await _user.PostAsync($"{self}/read");
        using var again = await _user.PostAsync($"{self}/read");
        Assert.Equal("read", (await ApiUser.ReadAsync(again))["status"]!.ToString());
        Assert.Equal(1, await UnreadAsync());

        using var deleted = await _user.Http.DeleteAsync(self, TestContext.Current.CancellationToken);
        using var gone = await _user.Http.GetAsync(self, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));

        using var rest = await _user.PostAsync("/api/v1/notifications/read-all");
        Assert.Equal(1, (await ApiUser.ReadAsync(rest))["read"]!.GetValue<int>());
        Assert.Equal(0, await UnreadAsync());

        async Task<int> UnreadAsync() => (await _user.GetAsync("/api/v1/notifications/unread-count"))["unread"]!.GetValue<int>();
    }

    [Fact]
    public async Task Pages_of_the_list_follow_each_other()
    {
        for (var i = 0; i < 3; i++) await _user.PostAsync($"{NotifiedUser.Subscriptions}/in_app/test");

        var seen = new List<string>();
        for (var path = "/api/v1/notifications?limit=1&include_tag=test"; path is not null && seen.Count < 3;)
        {
            var page = await _user.GetAsync(path);
            seen.Add(page["items"]![0]!["notification_id"]!.ToString());
            path = page["next_cursor"] is { } cursor ? $"/api/v1/notifications?limit=1&include_tag=test&cursor={cursor}" : null;
        }

        Assert.Equal(3, seen.Distinct().Count());
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task A_webhook_gets_a_signed_message_that_continues_the_trace()
    {
        await using var receiver = new WebhookReceiver();
        var secret = (await _user.SubscribeAsync("webhook", new { url = receiver.Url }))["secret"]!.ToString();
        var id = await RunAsync("print(1)");
        var news = await _user.GetNotificationAsync(id, "webhook", "delivered");

        var request = Assert.Single(receiver.Requests);
        Assert.True(WebhookSignature.Verify(
            secret, request.Body, request.Headers[WebhookSignature.Header], TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5)));
        Assert.Equal(news["notification_id"]!.ToString(), request.Headers["X-Integr8s-Delivery"]);
        Assert.Equal(
            ("execution.completed", id.ToString(), $"{_platform.Api}api/v1/executions/{id}"),
            (request.Json["event"]!.ToString(), request.Json["execution_id"]!.ToString(), request.Json["links"]!["execution"]!.ToString()));
        Assert.Equal((news["trace_id"]!.ToString(), 1), (request.Caller.TraceId, news["attempts"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Every_attempt_is_in_the_executions_trace_with_its_outcome_and_no_secret()
    {
        await using var receiver = new WebhookReceiver(WebhookAnswer.Status(500));
        await _user.SubscribeAsync("webhook", new { url = receiver.Url });
        var id = await RunAsync("print(1)");
        var news = await _user.GetNotificationAsync(id, "webhook", "delivered");

        var spans = await _traces.ReadAsync(
            news["trace_id"]!.ToString(), span => span.Name == "notification.deliver" && span.Text("notification.outcome") == "delivered");
        var byId = spans.ToDictionary(span => span.SpanId);
        var chain = new List<string>();
        for (var span = spans.Single(span => span.SpanId == receiver.Requests[0].Caller.SpanId); span.Name != "sandbox.run"; span = byId[span.ParentId!])
        {
            chain.Insert(0, $"{span.Service} {span.Name} {span.Kind} {span.Text("http.response.status_code") ?? span.Text("event.type") ?? span.Text("notification.outcome")}");
        }

        Assert.Equal(
            [
                "execution-worker kafka.publish producer execution.completed",
                "result-processor kafka.consume consumer execution.completed",
                "result-processor kafka.publish producer notification.created",
                "notification-service kafka.consume consumer notification.created",
                "notification-service notification.deliver internal retrying",
                "notification-service POST client 500",
            ],
            chain);

        var second = byId[receiver.Requests[1].Caller.SpanId];
        var delivery = byId[second.ParentId!];
        Assert.Equal(("200", "delivered", "2"), (second.Text("http.response.status_code"), delivery.Text("notification.outcome"), delivery.Text("notification.attempt")));
        Assert.Equal((news["notification_id"]!.ToString(), "webhook"), (delivery.Text("notification.id"), delivery.Text("notification.channel")));
        Assert.Equal("notification.created", byId[delivery.ParentId!].Text("event.type"));
        Assert.DoesNotContain(spans, span => span.Tags.Values.Any(value => $"{value}".Contains("secret", StringComparison.Ordinal)));

        var deliveries = (await _user.GetAsync(news["links"]!["deliveries"]!.ToString()))["items"]!.AsArray();
        Assert.Equal(["The receiver answered 500.", null], deliveries.Select(attempt => attempt!["error"]?.ToString()));
    }

    [Fact]
    public async Task The_timeline_says_what_the_notification_took()
    {
        await using var receiver = new WebhookReceiver();
        await _user.SubscribeAsync("webhook", new { url = receiver.Url });
        var id = await RunAsync("print(1)");
        await _user.GetNotificationAsync(id, "webhook", "delivered");

        await Eventually.SeesAsync(async () => await TimelineAsync(id), text => text.Contains("notification", StringComparison.Ordinal) && text.Contains("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slack_gets_a_message_with_its_colour_and_links()
    {
        await using var receiver = new WebhookReceiver();
        await _user.SubscribeAsync("slack", new { url = receiver.Url });
        var id = await RunAsync("print(1)");
        var news = await _user.GetNotificationAsync(id, "slack", "delivered");

        var message = Assert.Single(receiver.Requests);
        var attachment = message.Json["attachments"]![0]!;
        Assert.Equal("#36a64f", attachment["color"]!.ToString());
        Assert.Equal(
            [$"{_platform.Api}#/executions/{id}", $"{_platform.Traces}trace/{news["trace_id"]}"],
            attachment["actions"]!.AsArray().Select(button => button!["url"]!.ToString()));
        Assert.False(message.Headers.ContainsKey(WebhookSignature.Header));
    }

    [Fact]
    public async Task A_test_is_sent_whatever_the_subscription_filters()
    {
        await using var receiver = new WebhookReceiver();
        await _user.SubscribeAsync("webhook", new { url = receiver.Url, enabled = false, events = new[] { "execution.failed" } });

        using var asked = await _user.PostAsync($"{NotifiedUser.Subscriptions}/webhook/test");
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var self = asked.Headers.Location!.ToString();

        await Eventually.SeesAsync(() => _user.GetAsync(self), news => news["status"]!.ToString() == "delivered");
        Assert.Equal("notification.test", Assert.Single(receiver.Requests).Json["event"]!.ToString());
    }

    [Fact]
    public async Task What_a_subscription_filters_is_not_even_kept()
    {
        await using var receiver = new WebhookReceiver();
        await _user.SubscribeAsync("webhook", new { url = receiver.Url, severities = new[] { "medium" }, exclude_tags = new[] { "language:bash" } });
        await _user.SubscribeAsync("in_app", new { enabled = false });

        var low = await RunAsync("print(1)");
        var wanted = await RunAsync("raise Exception()");
        await _user.GetNotificationAsync(wanted, "webhook", "delivered");

        Assert.Empty((await _user.GetAsync($"/api/v1/notifications?include_tag=exec:{low}"))["items"]!.AsArray());
        Assert.Single((await _user.GetAsync($"/api/v1/notifications?include_tag=exec:{wanted}"))["items"]!.AsArray());
        Assert.Single(receiver.Requests);
    }

    private async Task<Guid> RunAsync(string script)
    {
        var id = await _user.SubmitAsync(script);
        await _user.GetEndedAsync(id);
        return id;
    }

    private async Task<string> TimelineAsync(Guid id)
    {
        using var response = await _user.Http.GetAsync($"/api/v1/executions/{id}/trace", TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
