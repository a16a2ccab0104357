using System.ComponentModel.DataAnnotations;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>Configuration section <c>Sandbox</c>.</summary>
internal sealed class SandboxOptions : IValidatableObject
{
    public const string Section = "Sandbox";

    /// <summary>Scripts that run at one time; 0, the default, is two for each processor core.</summary>
    [Range(0, 256)]
    public int Slots { get; set; }

    /// <summary>Absolute path of bubblewrap 0.8 or newer.</summary>
    [Required]
    public string Bubblewrap { get; set; } = "/usr/bin/bwrap";

    /// <summary>Where the slots' directories are made; default the system's temporary directory. Other users must be able to pass through it.</summary>
    public string? Directory { get; set; }

    /// <summary>The first of the unprivileged user ids of the slots (one each) when the worker runs as root; default 200000.</summary>
    [Range(1_000, int.MaxValue - 1_000)]
    public int FirstUserId { get; set; } = 200_000;

    /// <summary>Serve although this machine offers no way to bound a script's memory. Only for machines on which every script is trusted.</summary>
    public bool AllowUnboundedMemory { get; set; }

    /// <summary>Host paths that scripts may read besides /usr, for instance an interpreter in /opt.</summary>
    public IList<string> ReadOnlyPaths { get; } = [];

    /// <summary>Environment variables a run may set.</summary>
    public ISet<string> EnvironmentNames { get; } = new HashSet<string> { "LANG", "LC_ALL", "TZ", "PYTHONHASHSEED", "PYTHONUNBUFFERED", "NODE_OPTIONS" };

    /// <summary>Limits of a run that asks for none.</summary>
    public SandboxLimits Limits { get; set; } = new();

    /// <summary>Limits of every compiler.</summary>
    public SandboxLimits CompileLimits { get; set; } = new()
    {
        Wall = TimeSpan.FromSeconds(30),
        Cpu = TimeSpan.FromSeconds(30),
        MemoryBytes = 1L << 30,
        Processes = 128,
        TemporaryDiskBytes = 512 << 20,
        OpenFiles = 1024,
        FileSizeBytes = 128 << 20,
    };

    /// <summary>The least a run can ask for.</summary>
    public SandboxLimits Minimum { get; set; } = new()
    {
        Wall = TimeSpan.FromMilliseconds(100),
        Cpu = TimeSpan.FromMilliseconds(100),
        MemoryBytes = 16 << 20,
        Processes = 1,
        OutputBytes = 1 << 10,
        TemporaryDiskBytes = 1 << 20,
        OpenFiles = 16,
        FileSizeBytes = 1 << 10,
    };

    /// <summary>The most a run can ask for.</summary>
    public SandboxLimits Maximum { get; set; } = new()
    {
        Wall = TimeSpan.FromMinutes(5),
        Cpu = TimeSpan.FromMinutes(5),
        MemoryBytes = 2L << 30,
        Processes = 512,
        OutputBytes = 4 << 20,
        TemporaryDiskBytes = 1L << 30,
        OpenFiles = 4096,
        FileSizeBytes = 512 << 20,
    };

    /// <summary>The languages, by name; one that is not installed is not offered.</summary>
    public IDictionary<string, LanguageOptions> Languages { get; } = DefaultLanguages.Create();

    internal int SlotCount => Slots > 0 ? Slots : 2 * Environment.ProcessorCount;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Minimum.IsWithin(Maximum))
        {
            yield return new ValidationResult("Every value of Minimum must be at most the same value of Maximum.", [nameof(Minimum)]);
        }
        else if (!Minimum.IsWithin(Limits) || !Limits.IsWithin(Maximum))
        {
            yield return new ValidationResult("Every value of Limits must lie between Minimum and Maximum.", [nameof(Limits)]);
        }
    }
}
