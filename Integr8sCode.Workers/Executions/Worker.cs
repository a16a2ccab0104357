using Integr8sCode.Sandboxing.Languages;
using Integr8sCode.Settings;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Executions;

/// <summary>This process as a worker: who it is among all workers, what it can run and how it holds on to it.</summary>
internal sealed class Worker(LanguageCatalog languages, IOptions<ExecutionOptions> options, CurrentSettings settings, TimeProvider clock)
{
    public string Id { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7():N}";

    public LanguageCatalog Languages => languages;

    public ExecutionOptions Options => options.Value;

    public PlatformSettings Settings => settings.Value;

    public TimeProvider Clock => clock;
}
