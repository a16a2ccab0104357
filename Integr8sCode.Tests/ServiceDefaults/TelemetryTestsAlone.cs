namespace Integr8sCode.ServiceDefaults;

/// <summary>A provider hears every source of its process, so these tests run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryTestsAlone
{
    public const string Name = "Telemetry";
}
