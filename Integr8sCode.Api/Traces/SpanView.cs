using System.Text.Json;

namespace Integr8sCode.Traces;

/// <summary>One span of a timeline. Times are microseconds from the timeline's start.</summary>
internal sealed record SpanView
{
    private static readonly HashSet<string> KeyAttributes =
    [
        SpanAttributes.ErrorType, SpanAttributes.EventType, SpanAttributes.SagaStep, SpanAttributes.SagaCompensating,
        SpanAttributes.ExecutionAttempt, SpanAttributes.ExecutionLanguage, SpanAttributes.Attempt, SpanAttributes.Duplicate,
        SpanAttributes.MessagingDestination, SpanAttributes.MessagingPartition, SpanAttributes.MessagingOffset,
        SpanAttributes.DatabaseSystem, SpanAttributes.DatabaseOperation, SpanAttributes.DatabaseCollection,
        "http.request.method", "http.route", "http.response.status_code",
    ];

    private static readonly string[] KeyFamilies = ["sandbox.", "rate_limit.", "notification.", "dlq.", "replay.", "sampling."];

    public required string SpanId { get; init; }
    public string? ParentId { get; init; }
    public required string Service { get; init; }
    public required string Name { get; init; }

    /// <summary>server, client, producer, consumer or internal.</summary>
    public required string Kind { get; init; }

    public required long StartUs { get; init; }
    public required long DurationUs { get; init; }

    /// <summary>0 for the request.</summary>
    public required int Depth { get; init; }

    public required bool OnCriticalPath { get; init; }
    public required bool IsError { get; init; }

    /// <summary>What failed, where the span says so.</summary>
    public string? Error { get; init; }

    /// <summary>From 2 on: another attempt at what was tried before.</summary>
    public int? Attempt { get; init; }

    /// <summary>By how much the span was moved, because its machine's clock is behind that of what caused it.</summary>
    public long? ShiftedUs { get; init; }

    /// <summary>The span's parent never arrived; it is shown below the request.</summary>
    public bool? ParentMissing { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Attributes { get; init; }
    public IReadOnlyList<LinkView>? Links { get; init; }

    public static SpanView Of(SpanNode node, SpanNode root, bool onCriticalPath)
    {
        var span = node.Span;
        return new()
        {
            SpanId = span.SpanId,
            ParentId = span.ParentId,
            Service = span.Service,
            Name = span.Name,
            Kind = span.Kind.ToString().ToLowerInvariant(),
            StartUs = node.Start - root.Start,
            DurationUs = node.End - node.Start,
            Depth = node.Depth,
            OnCriticalPath = onCriticalPath,
            IsError = span.IsError,
            Error = span.StatusMessage ?? span.Text(SpanAttributes.ErrorType),
            Attempt = node.Attempt > 1 ? node.Attempt : null,
            ShiftedUs = node.Shift > 0 ? node.Shift : null,
            ParentMissing = node.IsCauseMissing ? true : null,
            Attributes = span.Attributes.Where(attribute => IsKey(attribute.Key)).ToDictionary(),
            Links = span.Links.Count > 0 ? LinkView.Of(span) : null,
        };
    }

    private static bool IsKey(string name) =>
        KeyAttributes.Contains(name) || Array.Exists(KeyFamilies, family => name.StartsWith(family, StringComparison.Ordinal));
}
