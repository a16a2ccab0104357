using System.Globalization;
using Integr8sCode.Configuration;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG; the SDK itself would take an unknown value for "sample everything".</summary>
internal static class Samplers
{
    private const string Argument = "OTEL_TRACES_SAMPLER_ARG";

    private const string Names =
        "always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio or adaptive";

    public static ChosenSampler Read(SettingReader settings)
    {
        var ratio = new SamplingRatio();
        var chosen = settings.Read(FollowParent(ratio, new AlwaysOnSampler()), Names, TryCreate, "OTEL_TRACES_SAMPLER") with { Ratio = ratio };
        var trustsCallers = settings.Read(false, "true or false", bool.TryParse, "Traces:TrustCallers");
        return trustsCallers ? chosen : chosen with { Sampler = new PublicEdgeSampler(chosen.Sampler) };

        bool TryCreate(string name, out ChosenSampler sampler) => (sampler = Create(name, ratio, settings)!) is not null;
    }

    private static ChosenSampler? Create(string name, SamplingRatio ratio, SettingReader settings) => name switch
    {
        "always_on" => new(new AlwaysOnSampler()) { MayLoseFailures = false },
        "always_off" => new(new AlwaysOffSampler()) { MayLoseFailures = false },
        "traceidratio" => Share(ratio, ReadRatio(settings)),
        "parentbased_always_on" => FollowParent(ratio, new AlwaysOnSampler()),
        "parentbased_always_off" => FollowParent(new AlwaysOffSampler()) with { MayLoseFailures = false },
        "parentbased_traceidratio" => FollowParent(ratio, ReadRatio(settings)),
        "adaptive" => Adapt(ratio, new(settings.Read(AdaptiveTarget.Default, AdaptiveTarget.Expected, AdaptiveTarget.TryParse, Argument))),
        _ => null,
    };

    // A share of everything may be lowered while the process runs, so failures can be lost there too.
    private static ChosenSampler Share(SamplingRatio ratio, double share) =>
        new(new AdjustableSampler(ratio, new ConsistentProbabilitySampler(share))) { MayLoseFailures = share > 0 };

    private static ChosenSampler FollowParent(SamplingRatio ratio, double share) =>
        FollowParent(ratio, new ConsistentProbabilitySampler(share)) with { MayLoseFailures = share > 0 };

    private static ChosenSampler FollowParent(SamplingRatio ratio, Sampler root) => FollowParent(new AdjustableSampler(ratio, root));

    private static ChosenSampler FollowParent(Sampler root) => new(new ParentSampler(root));

    private static ChosenSampler Adapt(SamplingRatio ratio, SampledOperations operations) =>
        FollowParent(ratio, new AdaptiveSampler(operations)) with { Operations = operations };

    private static double ReadRatio(SettingReader settings) => settings.Read(1.0, "a number from 0 to 1", TryParseRatio, Argument);

    private static bool TryParseRatio(string text, out double ratio) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out ratio) && ratio is >= 0 and <= 1;
}
