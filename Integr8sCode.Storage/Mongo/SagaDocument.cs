using Integr8sCode.Sagas;

namespace Integr8sCode.Mongo;

/// <param name="Deadline">Absent once the saga has ended.</param>
internal sealed record SagaDocument(Guid Id, long Version, string UserId, SagaStatus Status, DateTimeOffset? Deadline, Saga Saga)
{
    public static SagaDocument Of(Saga saga) => new(saga.Id, saga.Version, saga.UserId, saga.Status, saga.Deadline, saga);
}
