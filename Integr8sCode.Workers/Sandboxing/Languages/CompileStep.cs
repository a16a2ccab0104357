namespace Integr8sCode.Sandboxing.Languages;

/// <summary>How a language's files become one program.</summary>
/// <param name="Command">The compiler's absolute path and its arguments, with <see cref="Program"/> and <see cref="Sources"/> in them.</param>
/// <param name="Limits">Those of the compiler; a request cannot change them.</param>
internal sealed record CompileStep(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, SandboxLimits Limits)
{
    /// <summary>Stands for the path at which the compiler must put the program.</summary>
    public const string Program = "{program}";

    /// <summary>Stands for the script and every other file that ends like it.</summary>
    public const string Sources = "{sources}";

    /// <summary>The largest program that is taken over, in bytes.</summary>
    public const int MaxProgramBytes = 32 << 20;

    private const string Output = "/tmp/program";

    /// <summary>What to run: the compiler's words go to stderr, the program itself to stdout. The worker never opens a file that a script could write.</summary>
    public IEnumerable<string> CommandFor(IReadOnlyList<SandboxFile> files) =>
    [
        "/bin/sh", "-c", $"\"$@\" >&2 && exec cat {Output}", "compiler",
        .. Command.SelectMany(argument => argument is Sources ? SourcesOf(files) : [argument.Replace(Program, Output, StringComparison.Ordinal)]),
    ];

    private static IEnumerable<string> SourcesOf(IReadOnlyList<SandboxFile> files) => files.Select(file => file.Path)
        .Where(path => Path.GetExtension(path) == Path.GetExtension(files[0].Path))
        .Select(path => $"/w/{path}");
}
