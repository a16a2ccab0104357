namespace Integr8sCode.Traces;

internal sealed record JaegerOperation(string Name);
