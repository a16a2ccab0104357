using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integr8sCode.ServiceDefaults;

/// <summary>The adaptive sampler in a real host, with its routes, health probe and metrics.</summary>
[Collection(TelemetryTestsAlone.Name)]
public sealed class AdaptiveHostTests
{
    private const int Requests = 100;

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_failing_route_is_raised_and_a_caller_forces_nothing()
    {
        await using var service = await StartAsync();
        for (var request = 0; request < Requests; request++)
        {
            await service.GetAsync($"/fine/{request}", ("traceparent", "00-11111111111111111111111111111111-2222222222222222-01"));
            await service.GetAsync($"/fails/{request}");
            await service.GetAsync($"/scan/{request}");
        }

        _clock.Advance(TimeSpan.FromSeconds(1));

        var health = await HealthAsync(service);
        var probabilities = Probabilities();
        Assert.Matches(@"GET /fine/\{id\}: 0\.048\d* of 100/s", health);
        Assert.Matches(@"GET /fails/\{id\}: 0\.\d+ of 100/s, raised for errors", health);
        Assert.Equal(0.05, probabilities["GET /fine/{id}"], 0.003);
        Assert.Equal(0.5, probabilities["GET /fails/{id}"], 0.03);
        Assert.Equal(0.05, probabilities["other"], 0.003);
        Assert.Equal(3, probabilities.Count);
    }

    [Fact]
    public async Task Kept_traces_are_whole_and_tell_their_probability()
    {
        await using var service = await StartAsync();
        for (var request = 0; request < Requests; request++) await service.GetAsync($"/fine/{request}");

        var traces = (await service.StopAsync()).GroupBy(span => span.TraceId).ToList();

        Assert.InRange(traces.Count, 10, 60);
        Assert.All(traces, trace => Assert.Equal(["GET /fine/{id}", "work"], trace.Select(span => span.Name).Order()));
        Assert.All(traces, trace => Assert.Matches("^ot=th:[0-9a-f]+$", Assert.Single(trace.Select(span => span.TraceState).Distinct())));
    }

    [Fact]
    public async Task Messages_that_brought_their_decision_along_raise_nothing()
    {
        await using var service = await StartAsync();
        var publisher = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, traceState: null, isRemote: true);
        for (var message = 0; message < Requests; message++)
        {
            using var consumed = ObservedService.Source.StartActivity("kafka.consume", ActivityKind.Consumer, publisher);
            consumed!.SetStatus(ActivityStatusCode.Error);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));

        var health = await HealthAsync(service);
        Assert.Contains("other: 1 of 0/s", health, StringComparison.Ordinal);
        Assert.DoesNotContain("raised", health, StringComparison.Ordinal);
    }

    private static async Task<string> HealthAsync(ObservedService service)
    {
        var health = JsonNode.Parse(await service.Client.GetStringAsync("/health", TestContext.Current.CancellationToken))!;
        return (string)health["checks"]!.AsArray().Single(check => (string?)check!["name"] == "sampling")!["description"]!;
    }

    private static ConcurrentDictionary<string, double> Probabilities()
    {
        var values = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "integr8scode.sampling.probability") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => values[(string)tags[0].Value!] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }

    private Task<ObservedService> StartAsync() => ObservedService.StartAsync(
        builder => builder.Services.AddSingleton<TimeProvider>(_clock),
        app =>
        {
            app.MapGet("/fine/{id}", (string id) =>
            {
                using var work = ObservedService.Source.StartActivity("work");
                return id;
            });
            app.MapGet("/fails/{id}", (string id) => Results.Problem(id, statusCode: 503));
        },
        ("OTEL_TRACES_SAMPLER", "adaptive"), ("OTEL_TRACES_SAMPLER_ARG", "5"));
}
