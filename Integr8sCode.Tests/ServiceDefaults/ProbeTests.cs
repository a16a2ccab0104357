using System.Net;
using System.Text.Json.Nodes;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class ProbeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_tells_each_check_and_fails_with_the_worst()
    {
        await using var service = await StartAsync(checks => checks
            .AddCheck("kafka", () => HealthCheckResult.Unhealthy("No broker answers."))
            .AddCheck("store", () => HealthCheckResult.Degraded("Slow.")));

        var (status, body) = await ProbeAsync(service, "/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("Unhealthy", (string?)body["status"]);
        Assert.Equal(
            ["kafka Unhealthy No broker answers.", "self Healthy The process answers.", "store Degraded Slow."],
            body["checks"]!.AsArray().Select(check => $"{check!["name"]} {check["status"]} {check["description"]}").Order());
    }

    [Fact]
    public async Task A_process_is_alive_while_its_dependencies_are_not()
    {
        await using var service = await StartAsync(checks => checks.AddCheck("kafka", () => HealthCheckResult.Unhealthy()));

        var (status, body) = await ProbeAsync(service, "/alive");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("self", (string?)Assert.Single(body["checks"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task A_check_that_throws_does_not_tell_the_message()
    {
        await using var service = await StartAsync(checks => checks.AddCheck(
            "store", () => throw new InvalidOperationException("cannot reach mongodb://admin:secret@host")));

        var (_, body) = await ProbeAsync(service, "/health");

        Assert.DoesNotContain("secret", body.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("The check failed with InvalidOperationException.", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_without_a_limit_of_its_own_gets_one()
    {
        await using var service = await StartAsync(checks => checks.AddCheck("store", () => HealthCheckResult.Healthy()));

        var registrations = service.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;

        Assert.All(registrations, check => Assert.InRange(check.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Probes_are_answered_when_the_rate_limit_answers_nobody_else()
    {
        using var limit = new FixedWindowRateLimiter(new() { PermitLimit = 1, Window = TimeSpan.FromHours(1) });
        await using var service = await ObservedService.StartAsync(
            builder => builder.Services.AddRateLimiter(limiter =>
                limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.Get("all", _ => limit))),
            app =>
            {
                app.UseRateLimiter();
                app.MapGet("/work", () => "work");
            });
        using var allowed = await service.Client.GetAsync("/work", Cancelled);
        using var refused = await service.Client.GetAsync("/work", Cancelled);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (allowed.StatusCode, refused.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await ProbeAsync(service, "/health")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ProbeAsync(service, "/alive")).Status);
    }

    private static Task<ObservedService> StartAsync(Action<IHealthChecksBuilder> addChecks) =>
        ObservedService.StartAsync(builder => addChecks(builder.Services.AddHealthChecks()), _ => { });

    private static async Task<(HttpStatusCode Status, JsonNode Body)> ProbeAsync(ObservedService service, string path)
    {
        using var response = await service.Client.GetAsync(path, Cancelled);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!);
    }
}
