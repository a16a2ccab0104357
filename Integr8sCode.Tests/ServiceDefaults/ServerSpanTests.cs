using System.Diagnostics;
using Integr8sCode.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class ServerSpanTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_named_by_its_method_and_route()
    {
        await using var service = await ObservedService.StartAsync(app => app.MapGet("/scripts/{id}", (int id) => id));

        await service.GetAsync("/scripts/7?key=secret", ("User-Agent", "curl/8"));

        var span = Assert.Single(await service.StopAsync());
        Assert.Equal(("GET /scripts/{id}", ActivityKind.Server, ActivityStatusCode.Unset), (span.Name, span.Kind, span.Status));
        Assert.Equal("/scripts/{id}", span["http.route"]);
        Assert.Equal(200L, span["http.response.status_code"]);
        Assert.Equal("GET", span["http.request.method"]);
        Assert.Equal("/scripts/7", span["url.path"]);
        Assert.Equal("1.1", span["network.protocol.version"]);
        Assert.Equal("127.0.0.1", span["client.address"]);
        Assert.Equal("curl/8", span["user_agent.original"]);
        Assert.DoesNotContain(span.Attributes.Values, value => value.ToString()!.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_without_a_route_is_named_by_its_method_alone()
    {
        await using var service = await ObservedService.StartAsync(_ => { });

        await service.GetAsync("/nowhere");

        var span = Assert.Single(await service.StopAsync());
        Assert.Equal(("GET", 404L, ActivityStatusCode.Unset), (span.Name, span["http.response.status_code"], span.Status));
        Assert.Null(span["http.route"]);
    }

    [Fact]
    public async Task An_invented_method_does_not_become_a_span_name()
    {
        await using var service = await ObservedService.StartAsync(app => app.Map("/any", () => "any"));
        using var request = new HttpRequestMessage(new HttpMethod("BREW"), "/any");

        using var response = await service.Client.SendAsync(request, Cancelled);

        Assert.Equal("HTTP /any", Assert.Single(await service.StopAsync()).Name);
    }

    [Fact]
    public async Task A_server_error_is_an_error_of_its_status()
    {
        await using var service = await ObservedService.StartAsync(app => app.MapGet("/broken", () => TypedResults.StatusCode(503)));

        await service.GetAsync("/broken");

        var span = Assert.Single(await service.StopAsync());
        Assert.Equal((503L, "503", ActivityStatusCode.Error), (span["http.response.status_code"], span["error.type"], span.Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exception_is_recorded_whether_it_is_handled_or_not(bool handled)
    {
        await using var service = await ObservedService.StartAsync(app =>
        {
            if (handled) app.UseExceptionHandler(errors => errors.Run(_ => Task.CompletedTask));
            app.MapGet("/throw/{id}", string (int id) => throw new InvalidOperationException($"boom {id}"));
        });

        await service.GetAsync("/throw/1");

        var span = Assert.Single(await service.StopAsync());
        Assert.Equal(("GET /throw/{id}", 500L, ActivityStatusCode.Error), (span.Name, span["http.response.status_code"], span.Status));
        Assert.Equal("System.InvalidOperationException", span["error.type"]);
        Assert.Equal("boom 1", Assert.Single(span.Events, each => each.Name == "exception").Attributes["exception.message"]);
    }

    [Fact]
    public async Task An_exception_answered_as_the_callers_fault_is_no_error()
    {
        await using var service = await ObservedService.StartAsync(app =>
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                StatusCodeSelector = _ => StatusCodes.Status409Conflict,
                ExceptionHandler = _ => Task.CompletedTask,
            });
            app.MapGet("/conflict", string () => throw new InvalidOperationException("taken"));
        });

        await service.GetAsync("/conflict");

        var span = Assert.Single(await service.StopAsync());
        Assert.Equal((409L, ActivityStatusCode.Unset), (span["http.response.status_code"], span.Status));
    }

    [Fact]
    public async Task A_bad_request_thrown_by_the_server_is_no_error()
    {
        await using var service = await ObservedService.StartAsync(app => app.MapGet("/large", string () =>
            throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge)));

        await service.GetAsync("/large");

        var span = Assert.Single(await service.StopAsync());
        Assert.Equal((413L, ActivityStatusCode.Unset), (span["http.response.status_code"], span.Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_who_hangs_up_is_no_error(bool handled)
    {
        var arrived = new TaskCompletionSource();
        await using var service = await ObservedService.StartAsync(app =>
        {
            if (handled) app.UseExceptionHandler(errors => errors.Run(_ => Task.CompletedTask));
            app.MapGet("/slow", async (HttpContext context) =>
            {
                arrived.SetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            });
        });
        using var hangUp = new CancellationTokenSource();
        var answer = service.Client.GetAsync("/slow", hangUp.Token);
        await arrived.Task.WaitAsync(Cancelled);

        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        var span = Assert.Single(await service.StopAsync());
        Assert.Equal((499L, ActivityStatusCode.Unset), (span["http.response.status_code"], span.Status));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_an_error_whatever_its_status()
    {
        await using var service = await ObservedService.StartAsync(app => app.MapGet("/half", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            throw new InvalidOperationException("no other half");
        }));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => service.GetAsync("/half"));

        var span = Assert.Single(await service.StopAsync());
        Assert.Equal((200L, ActivityStatusCode.Error), (span["http.response.status_code"], span.Status));
    }

    [Fact]
    public async Task An_outgoing_call_is_a_client_span_under_the_request()
    {
        await using var other = await OtlpReceiver.StartAsync(Cancelled);
        using var client = new HttpClient();
        await using var service = await ObservedService.StartAsync(app =>
            app.MapGet("/call", async () => (int)(await client.PostAsync(other.HttpEndpoint, null, Cancelled)).StatusCode));

        await service.GetAsync("/call");

        var spans = await service.StopAsync();
        var server = Assert.Single(spans, span => span.Kind == ActivityKind.Server);
        var call = Assert.Single(spans, span => span.Kind == ActivityKind.Client);
        Assert.Equal((server.TraceId, server.SpanId), (call.TraceId, call.ParentSpanId));
        Assert.Contains(call.SpanId, Assert.Single(other.Requests).Headers["traceparent"], StringComparison.Ordinal);
    }
}
