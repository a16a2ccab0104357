using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace Integr8sCode.Exporting;

/// <summary>Lets the SDK register its providers with the host's services; OpenTelemetry.Extensions.Hosting has the same, but not every feed has that package.</summary>
internal sealed class TelemetryBuilder(IServiceCollection services) : IOpenTelemetryBuilder
{
    public IServiceCollection Services => services;
}
