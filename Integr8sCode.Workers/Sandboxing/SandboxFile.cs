namespace Integr8sCode.Sandboxing;

/// <summary>One file of a run, seen by the script as <c>/w/{Path}</c>.</summary>
/// <param name="Path">Relative, with forward slashes; no empty, <c>.</c> or <c>..</c> part.</param>
/// <param name="Content">The file's bytes.</param>
internal sealed record SandboxFile(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether the file can be executed.</summary>
    public bool IsProgram { get; init; }
}
