using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Sandboxing.Languages;

/// <summary>One way to run a language. Two versions of one language are two entries with the same <see cref="Name"/>.</summary>
internal sealed class LanguageOptions
{
    /// <summary>What callers ask for; default the entry's key.</summary>
    public string? Name { get; set; }

    /// <summary>Absolute path of the interpreter or compiler, as seen in the sandbox (/usr and <see cref="SandboxOptions.ReadOnlyPaths"/>).</summary>
    [Required]
    public string Interpreter { get; set; } = "";

    /// <summary>
    /// Given to the interpreter before the script's path. With <see cref="CompileStep.Program"/> and <see cref="CompileStep.Sources"/> among
    /// them it is a compiler, and these are all its arguments.
    /// </summary>
    public IList<string> Arguments { get; set; } = [];

    /// <summary>Given to the interpreter alone to make it say its version.</summary>
    public IList<string> VersionArguments { get; set; } = ["--version"];

    /// <summary>The name under which the script is stored.</summary>
    [Required]
    public string FileName { get; set; } = "";

    /// <summary>
    /// Whether the interpreter is CPython and is started ahead, to wait for its script: the run then begins without its start-up, for about
    /// 4 MB a slot. Default for python only.
    /// </summary>
    public bool Parks { get; set; }

    /// <summary>Environment variables of the compiler.</summary>
    public IDictionary<string, string> CompileEnvironment { get; } = new Dictionary<string, string>();

    /// <summary>A script that prints one line and exits with 0; it must work for the language to be offered.</summary>
    [Required]
    public string Example { get; set; } = "";

    /// <summary>Instead of the general default, in bytes.</summary>
    public long? MemoryBytes { get; set; }

    /// <summary>Instead of the general default.</summary>
    public int? Processes { get; set; }

    internal bool IsCompiled => Arguments.Any(argument => argument.Contains(CompileStep.Program, StringComparison.Ordinal));

    public SandboxLimits Limits(SandboxLimits general) => general with
    {
        MemoryBytes = MemoryBytes ?? general.MemoryBytes,
        Processes = Processes ?? general.Processes,
    };
}
