using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>A signal that a service's process gets.</summary>
/// <param name="At">Since the start of the load.</param>
/// <param name="Stopped">For <see cref="Signal.Stop"/>: how long until the process goes on.</param>
internal sealed record Fault(TimeSpan At, string Service, Signal Signal, TimeSpan Stopped);
