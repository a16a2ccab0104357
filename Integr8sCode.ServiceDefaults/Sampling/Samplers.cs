using System.Globalization;
using Integr8sCode.Configuration;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG; the SDK itself would take an unknown value for "sample everything".</summary>
internal static class Samplers
{
    private const string Names =
        "always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off or parentbased_traceidratio";

    public static Sampler Read(SettingReader settings)
    {
        var sampler = settings.Read<Sampler>(new ParentSampler(new AlwaysOnSampler()), Names, TryCreate, "OTEL_TRACES_SAMPLER");
        var trustsCallers = settings.Read(false, "true or false", bool.TryParse, "Traces:TrustCallers");
        return new ProbeSampler(new ServerTraceStateSampler(trustsCallers ? sampler : new PublicEdgeSampler(sampler)));

        bool TryCreate(string name, out Sampler sampler) => (sampler = Create(name, settings)!) is not null;
    }

    private static Sampler? Create(string name, SettingReader settings) => name switch
    {
        "always_on" => new AlwaysOnSampler(),
        "always_off" => new AlwaysOffSampler(),
        "traceidratio" => Ratio(settings),
        "parentbased_always_on" => new ParentSampler(new AlwaysOnSampler()),
        "parentbased_always_off" => new ParentSampler(new AlwaysOffSampler()),
        "parentbased_traceidratio" => new ParentSampler(Ratio(settings)),
        _ => null,
    };

    private static ConsistentProbabilitySampler Ratio(SettingReader settings) =>
        new(settings.Read(1.0, "a number from 0 to 1", TryParseRatio, "OTEL_TRACES_SAMPLER_ARG"));

    private static bool TryParseRatio(string text, out double ratio) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out ratio) && ratio is >= 0 and <= 1;
}
