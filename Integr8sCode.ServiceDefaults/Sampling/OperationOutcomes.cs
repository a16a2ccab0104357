using System.Diagnostics;
using OpenTelemetry;

namespace Integr8sCode.Sampling;

/// <summary>Tells an operation how its kept traces ended; when a span starts, nobody can know.</summary>
internal sealed class OperationOutcomes(SampledOperations operations) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Parent is null) operations.Of(data).End(data.Status == ActivityStatusCode.Error);
    }
}
