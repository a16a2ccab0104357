namespace Integr8sCode.Chaos;

/// <summary>It breaks what it starts by the clock and would starve the tests beside it: it runs while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChaosAlone
{
    public const string Name = "Chaos";
}
