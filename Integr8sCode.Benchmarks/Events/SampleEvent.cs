using Integr8sCode.Executions;

namespace Integr8sCode.Events;

/// <summary>The event of a hello that was just accepted.</summary>
internal static class SampleEvent
{
    public static ExecutionChange Accept() => Execution.Accept(
        new(Guid.CreateVersion7(), "benchmark", "correlation", new() { Script = "print('hello')", Language = "python" }),
        Origin.Now("benchmark", TimeProvider.System));

    public static Event Create() => Accept().Event;
}
