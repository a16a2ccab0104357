using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>A fault that happened.</summary>
/// <param name="Name">The process's name in the platform; that of a replica is numbered.</param>
/// <param name="Done">When the signal had its effect; a killed process has said nothing after that.</param>
internal sealed record InjectedFault(string Name, int ProcessId, Signal Signal, DateTimeOffset Done)
{
    /// <summary>The OpenTelemetry service name.</summary>
    public string Service => Services.Roles.FirstOrDefault(role => Name.StartsWith(role, StringComparison.Ordinal)) ?? Name;
}
