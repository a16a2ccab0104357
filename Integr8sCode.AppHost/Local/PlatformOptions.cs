namespace Integr8sCode.Local;

/// <summary>What local mode, a test or a load run wants of a platform.</summary>
internal sealed record PlatformOptions(string DataFolder)
{
    public PlatformPorts Ports { get; init; } = new();

    /// <summary>Processes per role, by role; a role that is not named has one.</summary>
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>();

    /// <summary>Services that the platform knows but does not start by itself.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();

    public IReadOnlyList<ServiceVariable> Variables { get; init; } = [];

    /// <summary>Start a service again, after 1 s and up to 30 s, when it ends by itself.</summary>
    public bool RestartCrashed { get; init; } = true;

    public OutputLine Output { get; init; } = (_, _) => { };

    public PlatformOptions With(string variable, string? value, string? service = null) =>
        this with { Variables = [.. Variables, new ServiceVariable(variable, value, service)] };
}
