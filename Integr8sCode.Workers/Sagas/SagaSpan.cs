using System.Diagnostics;

namespace Integr8sCode.Sagas;

/// <summary>The <c>saga.step</c> span.</summary>
internal static class SagaSpan
{
    /// <summary>A step inside the current span.</summary>
    public static Activity? Start(Guid executionId, SagaStep step, bool isCompensating = false) => Telemetry.Source.StartActivity(
        SpanNames.SagaStep, ActivityKind.Internal, parentContext: default, tags: TagsOf(executionId, step, isCompensating));

    /// <summary>A step inside the trace of its own execution, whatever is current; where another execution's end made way, it links there.</summary>
    public static Activity Resume(Guid executionId, SagaStep step, ActivityContext context, ActivityContext cause = default)
    {
        Activity.Current = null; // an execution without a trace starts its own
        var span = Telemetry.Continue(SpanNames.SagaStep, ActivityKind.Internal, context, TagsOf(executionId, step, isCompensating: false));

        return cause == default ? span : span.AddLink(new(cause));
    }

    private static KeyValuePair<string, object?>[] TagsOf(Guid executionId, SagaStep step, bool isCompensating) =>
    [
        new(SpanAttributes.SagaId, executionId.ToString()),
        new(SpanAttributes.SagaName, Saga.ExecutionSaga),
        new(SpanAttributes.SagaStep, SnakeCase.NameOf(step)),
        new(SpanAttributes.SagaCompensating, isCompensating),
        new(SpanAttributes.ExecutionId, executionId.ToString()),
    ];
}
