namespace Integr8sCode.Executions;

/// <summary>What one execution-worker can run, as it found out itself at start.</summary>
/// <param name="WorkerId">Unique for a process.</param>
/// <param name="Slots">Scripts it runs at the same time.</param>
/// <param name="AliveUntil">The worker announces itself again before this; later it is taken for gone.</param>
public sealed record WorkerAnnouncement(
    string WorkerId, int Slots, IReadOnlyList<LanguageDescription> Languages, DateTimeOffset AliveUntil);

/// <summary>A language as a worker really runs it.</summary>
/// <param name="Version">As the interpreter itself says, for example <c>3.11.2</c>.</param>
/// <param name="FileName">Name the script gets inside the sandbox.</param>
/// <param name="Example">A short script that works.</param>
public sealed record LanguageDescription(
    string Name, string Version, string FileName, string Example, LanguageLimits Limits)
{
    /// <summary>The least and the most that a request may ask for; absent in announcements of older workers.</summary>
    public ExecutionLimits? Minimum { get; init; }

    public ExecutionLimits? Maximum { get; init; }

    /// <summary>Names of the environment variables that a request may set.</summary>
    public IReadOnlyList<string> EnvironmentNames
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Limits of the compiler; absent where the language has none.</summary>
    public ExecutionLimits? CompileLimits { get; init; }
}

/// <summary>Limits of one run; durations in seconds, sizes in bytes.</summary>
public sealed record LanguageLimits(
    double TimeoutSeconds,
    double MaxTimeoutSeconds,
    double CpuSeconds,
    long MemoryBytes,
    int Processes,
    long OutputBytes,
    long TemporaryDiskBytes,
    int OpenFiles,
    long FileSizeBytes)
{
    /// <param name="limits">Of which none is absent.</param>
    public static LanguageLimits Of(ExecutionLimits limits, double maxTimeoutSeconds) => new(
        limits.TimeoutSeconds!.Value,
        maxTimeoutSeconds,
        limits.CpuSeconds!.Value,
        limits.MemoryBytes!.Value,
        limits.Processes!.Value,
        limits.OutputBytes!.Value,
        limits.TemporaryDiskBytes!.Value,
        limits.OpenFiles!.Value,
        limits.FileSizeBytes!.Value);

    public ExecutionLimits ToLimits() => new()
    {
        TimeoutSeconds = TimeoutSeconds,
        CpuSeconds = CpuSeconds,
        MemoryBytes = MemoryBytes,
        Processes = Processes,
        OutputBytes = (int)OutputBytes,
        TemporaryDiskBytes = TemporaryDiskBytes,
        OpenFiles = OpenFiles,
        FileSizeBytes = FileSizeBytes,
    };
}
