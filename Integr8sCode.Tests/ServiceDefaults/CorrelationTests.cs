using Integr8sCode.Correlation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class CorrelationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_callers_id_reaches_the_handler_the_span_and_the_answer()
    {
        await using var service = await StartAsync();

        var (header, body) = await SendAsync(service, "/id", "order-66");

        Assert.Equal(("order-66", "order-66"), (header, body));
        Assert.Equal("order-66", Assert.Single(await service.StopAsync())["correlation.id"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    [InlineData(129)]
    public async Task Without_a_usable_id_it_is_the_trace_id(object? given)
    {
        await using var service = await StartAsync();

        var (header, body) = await SendAsync(service, "/id", given is int length ? new string('x', length) : (string?)given);

        var span = Assert.Single(await service.StopAsync());
        Assert.Equal((span.TraceId, span.TraceId), (header, body));
    }

    [Fact]
    public async Task The_longest_id_allowed_is_kept()
    {
        await using var service = await StartAsync();

        Assert.Equal(new string('x', 128), (await SendAsync(service, "/id", new string('x', 128))).Header);
    }

    [Fact]
    public async Task An_answer_to_a_failure_carries_the_id_too()
    {
        await using var service = await StartAsync();

        Assert.Equal("order-66", (await SendAsync(service, "/throw", "order-66")).Header);
    }

    private static Task<ObservedService> StartAsync() => ObservedService.StartAsync(app =>
    {
        app.UseExceptionHandler(errors => errors.Run(_ => Task.CompletedTask));
        app.MapGet("/id", (HttpContext context) => CorrelationId.Of(context));
        app.MapGet("/throw", string () => throw new InvalidOperationException("boom"));
    });

    private static async Task<(string Header, string Body)> SendAsync(ObservedService service, string path, string? id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (id is not null) request.Headers.TryAddWithoutValidation(CorrelationId.Header, id);
        using var response = await service.Client.SendAsync(request, Cancelled);
        return (response.Headers.GetValues(CorrelationId.Header).Single(), await response.Content.ReadAsStringAsync(Cancelled));
    }
}
