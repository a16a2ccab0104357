namespace Integr8sCode.Client;

/// <param name="Outcome"><c>exited</c>, or the limit at which the compiler was killed.</param>
/// <param name="ExitCode">Of the compiler; 0 where the program was built.</param>
/// <param name="Output">What the compiler said.</param>
public sealed record Compilation(string Outcome, int? ExitCode, string Output);
