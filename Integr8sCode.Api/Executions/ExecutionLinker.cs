using Microsoft.Extensions.Options;

namespace Integr8sCode.Executions;

/// <summary>Spells the addresses that belong to an execution.</summary>
internal sealed class ExecutionLinker(IOptions<TraceLinkOptions> options)
{
    private readonly string? _traces = options.Value.Url?.TrimEnd('/');

    public ExecutionLinks LinksOf(Execution execution)
    {
        var self = $"/api/v1/executions/{execution.Id}";
        return new(
            self,
            $"{self}/events",
            $"{self}/cancel",
            $"{self}/retry",
            _traces is not null && execution.TraceId is not null ? $"{_traces}/trace/{execution.TraceId}" : null);
    }
}
