namespace Integr8sCode.Local;

/// <summary>How to start one process and how to see that it is healthy.</summary>
/// <param name="Name">Unique in the platform; replicas are numbered: <c>execution-worker-2</c>.</param>
/// <param name="Program">Path of the executable.</param>
/// <param name="Address">http: healthy when GET /health says 200. tcp: healthy when it accepts a connection.</param>
/// <param name="Environment">Added to this process's own environment; a null value removes the variable.</param>
internal sealed record ServiceSpec(
    string Name,
    string Program,
    Uri Address,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string?> Environment);
