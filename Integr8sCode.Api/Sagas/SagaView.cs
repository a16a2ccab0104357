namespace Integr8sCode.Sagas;

/// <summary>How the platform brings one execution to its end.</summary>
public sealed record SagaView
{
    /// <summary>The same as the execution's id.</summary>
    public required Guid SagaId { get; init; }
    public required string Name { get; init; }
    public required Guid ExecutionId { get; init; }
    public required string UserId { get; init; }
    public required SagaStatus Status { get; init; }

    /// <summary>The step that is under way or, for an ended saga, the last one.</summary>
    public required SagaStep Step { get; init; }
    public required IReadOnlyList<SagaStep> CompletedSteps { get; init; }

    /// <summary>What was given back because the execution did not complete.</summary>
    public required IReadOnlyList<SagaStep> CompensatedSteps { get; init; }

    /// <summary>When it is looked at again if nothing happens; absent once it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How often it has changed.</summary>
    public required long Version { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required SagaLinks Links { get; init; }

    internal static SagaView Of(Saga saga) => new()
    {
        SagaId = saga.Id,
        Name = saga.Name,
        ExecutionId = saga.Id,
        UserId = saga.UserId,
        Status = saga.Status,
        Step = saga.Step,
        CompletedSteps = [.. saga.CompletedSteps],
        CompensatedSteps = [.. saga.CompensatedSteps],
        Deadline = saga.Deadline,
        Version = saga.Version,
        StartedAt = saga.StartedAt,
        UpdatedAt = saga.UpdatedAt,
        Links = new($"/api/v1/sagas/{saga.Id}", $"/api/v1/executions/{saga.Id}", $"/api/v1/sagas/{saga.Id}/cancel"),
    };
}

public sealed record SagaLinks(string Self, string Execution, string Cancel);

/// <param name="NextCursor">For the query's <c>cursor</c>; absent on the last page.</param>
public sealed record SagaPage(IReadOnlyList<SagaView> Items, string? NextCursor);
