namespace Integr8sCode.Mongo;

/// <param name="Id">Id of the terminal event that the output belongs to.</param>
internal sealed record OutputDocument(Guid Id, Guid ExecutionId, byte[] Stdout, byte[] Stderr);
