using System.Diagnostics;
using Integr8sCode.Executions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.DeadLetters;

/// <summary>Spells the addresses that belong to a dead letter.</summary>
internal sealed class DeadLetterLinker(IOptions<TraceLinkOptions> options)
{
    private readonly string? _traces = options.Value.Url?.TrimEnd('/');

    public static string? TraceOf(DeadLetter letter) =>
        ActivityContext.TryParse(letter.State.Failure.TraceParent, null, out var context) ? context.TraceId.ToHexString() : null;

    public DeadLetterLinks LinksOf(DeadLetter letter, string? traceId)
    {
        var self = $"{DeadLetterEndpoints.Path}/{letter.Id}";
        return new(
            self, $"{self}/retry", $"{self}/edit-and-retry", $"{self}/discard", $"{self}/archive",
            _traces is not null && traceId is not null ? $"{_traces}/trace/{traceId}" : null);
    }
}
