namespace Integr8sCode.Sandboxing.Languages;

/// <summary>A language that was seen to run in this worker's sandbox.</summary>
/// <param name="Name">What callers ask for, in lower case.</param>
/// <param name="Version">As the interpreter said it, for instance 3.11.2.</param>
/// <param name="FileName">The name under which the script is stored.</param>
/// <param name="Limits">Limits of a run that asks for none.</param>
/// <param name="Example">A script that runs.</param>
internal sealed record Language(string Name, string Version, string FileName, SandboxLimits Limits, string Example)
{
    /// <summary>The interpreter's absolute path and what stands between it and the script's path.</summary>
    internal IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Whether the interpreter can be started before there is a script.</summary>
    internal bool Parks { get; init; }

    /// <summary>How the program is built that is run in the script's place; null for a language that is interpreted.</summary>
    internal CompileStep? Compile { get; init; }
}
