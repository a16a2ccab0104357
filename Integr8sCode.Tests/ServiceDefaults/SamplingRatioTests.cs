using Integr8sCode.Sampling;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integr8sCode.ServiceDefaults;

/// <summary>A share of traces that is chosen while the process runs.</summary>
[Collection(TelemetryTestsAlone.Name)]
public sealed class SamplingRatioTests
{
    [Theory]
    [InlineData("traceidratio", "1", new[] { "before", "all", "after" })]
    [InlineData("parentbased_traceidratio", "1", new[] { "before", "all", "after" })]
    [InlineData("traceidratio", "0", new[] { "all" })]
    [InlineData("parentbased_traceidratio", "0", new[] { "all" })]
    [InlineData("parentbased_always_on", "", new[] { "before", "all", "after" })]
    [InlineData("adaptive", "1000", new[] { "before", "all", "after" })]
    [InlineData("", "", new[] { "before", "all", "after" })]
    public async Task It_counts_at_once_and_as_long_as_it_is_wanted(string sampler, string argument, string[] kept) =>
        Assert.Equal(kept, await KeepAsync(sampler, argument));

    [Theory]
    [InlineData("always_on", new[] { "before", "none", "all", "after" })]
    [InlineData("always_off", new string[0])]
    [InlineData("parentbased_always_off", new string[0])]
    public async Task What_was_asked_for_without_condition_stays(string sampler, string[] kept) => Assert.Equal(kept, await KeepAsync(sampler, ""));

    /// <summary>The requests that were kept: before a ratio was chosen, under 0, under 1, and after it was given up.</summary>
    private static async Task<IEnumerable<string>> KeepAsync(string sampler, string argument)
    {
        await using var service = await ObservedService.StartAsync(
            app => app.MapGet("/{work}", () => { }),
            ("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", argument), ("Traces:KeepFailures", "false"));
        var ratio = service.Services.GetRequiredService<SamplingRatio>();
        await service.GetAsync("/before");
        ratio.Change(0);
        await service.GetAsync("/none");
        ratio.Change(1);
        await service.GetAsync("/all");
        ratio.Change(null);
        await service.GetAsync("/after");

        return (await service.StopAsync()).Select(span => span["url.path"]!.ToString()!.TrimStart('/'));
    }
}
