using System.Diagnostics;
using OpenTelemetry;

namespace Integr8sCode.Sampling;

/// <summary>The other half of <see cref="ServerTraceStateSampler"/>.</summary>
internal sealed class ServerTraceStateProcessor : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (data.Kind != ActivityKind.Server || data.GetTagItem(ServerTraceStateSampler.Tag) is not string traceState) return;
        data.TraceStateString = traceState;
        data.SetTag(ServerTraceStateSampler.Tag, null);
    }
}
