using System.Diagnostics;
using OpenTelemetry;

namespace Integr8sCode.Sampling;

/// <summary>Tells an operation how its kept traces ended; when a span starts, nobody can know.</summary>
internal sealed class OperationOutcomes(SampledOperations operations) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (IsDecidedHere(data)) operations.Of(data).End(data.Status == ActivityStatusCode.Error);
    }

    // A message brings its decision along; for a caller's request see PublicEdgeSampler.
    private static bool IsDecidedHere(Activity span) => span.Parent is null && (!span.HasRemoteParent || span.Kind == ActivityKind.Server);
}
