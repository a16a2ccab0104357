namespace Integr8sCode.Sandboxing;

/// <summary>What is started as the outermost process of a sandbox.</summary>
/// <param name="Command">The program, as an absolute path, and its arguments.</param>
internal sealed record SandboxProgram(IReadOnlyList<string> Command)
{
    /// <summary>The user and group that it gets, and no other group; null for those of the worker.</summary>
    public int? UserId { get; init; }

    /// <summary>The file of the system-call filter, for a program that is bubblewrap and waits for its options; null for any other.</summary>
    public string? Filter { get; init; }

    public override string ToString() => Filter is null ? Command[0] : $"{Command[0]} with {Filter}";
}
