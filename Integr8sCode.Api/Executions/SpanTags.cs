using System.Diagnostics;

namespace Integr8sCode.Executions;

internal static class SpanTags
{
    /// <summary>Puts the execution on the request's span, so that a trace is found by it.</summary>
    public static void Of(Guid id) => Activity.Current?.SetTag(SpanAttributes.ExecutionId, id.ToString());
}
