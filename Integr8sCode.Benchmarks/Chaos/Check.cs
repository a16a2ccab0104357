namespace Integr8sCode.Chaos;

/// <summary>Something that must be so once the platform has settled.</summary>
/// <param name="FindBreachesAsync">What contradicts it, each with the execution or the process it is about.</param>
internal sealed record Check(string Name, Func<CancellationToken, Task<IReadOnlyList<string>>> FindBreachesAsync);

internal sealed record CheckResult(string Name, IReadOnlyList<string> Breaches)
{
    public bool Passed => Breaches is [];
}
