using System.Text.Json;

namespace Integr8sCode.Events;

internal static class Sample
{
    private static readonly JsonElement NoData = JsonDocument.Parse("{}").RootElement;

    public static Event Event(Guid? executionId = null, long sequence = 1, string type = EventTypes.ExecutionRequested) => new()
    {
        EventId = Guid.CreateVersion7(),
        Type = type,
        Time = TimeProvider.System.GetUtcNow(),
        ExecutionId = executionId ?? Guid.CreateVersion7(),
        Sequence = sequence,
        CorrelationId = "correlation-1",
        UserId = "user-1",
        Service = "service-under-test",
        Data = NoData,
    };

    public static byte[] Bytes(Event @event) => JsonSerializer.SerializeToUtf8Bytes(@event, CoreJson.Default.Event);
}
