using System.Diagnostics;
using Integr8sCode.Events;

namespace Integr8sCode.Mongo;

/// <summary>
/// MongoDB.Driver makes the database spans itself and gives no way to them; what only the store knows - which event a call keeps - is added
/// as they start. The caller's span would be the wrong place: a <c>kafka.consume</c> tells of the event it handles, not of the one
/// that it causes.
/// </summary>
internal static class DriverSpans
{
    private const string SourceName = "MongoDB.Driver";

    private static readonly AsyncLocal<KeyValuePair<string, object?>[]?> Tags = new();

    static DriverSpans() => ActivitySource.AddActivityListener(new()
    {
        // No Sample: it decides nothing and is told of the spans that others want.
        ShouldListenTo = source => source.Name == SourceName,
        ActivityStarted = AddTags,
    });

    public static Task DescribeAsync(Event recorded, Func<Task> work) => DescribeAsync(
        [
            new(SpanAttributes.EventId, recorded.EventId.ToString()),
            new(SpanAttributes.EventType, recorded.Type),
            new(SpanAttributes.ExecutionId, recorded.ExecutionId.ToString()),
        ],
        work);

    public static Task DescribeAsync(int batchSize, Func<Task> work) =>
        batchSize >= 2 ? DescribeAsync([new(SpanAttributes.DatabaseBatchSize, batchSize)], work) : work();

    /// <summary>
    /// Runs a call outside any span under an unrecorded one: it is a background loop's question, for which the driver would begin a trace
    /// of its own again and again.
    /// </summary>
    public static Activity? Quiet() => Activity.Current is null ? new Activity("store").Start() : null;

    private static async Task DescribeAsync(KeyValuePair<string, object?>[] tags, Func<Task> work)
    {
        Tags.Value = tags; // gone again when this method returns
        await work();
    }

    // Each call is one span for the operation and one for every command it sends; the first has the name of the operation.
    private static void AddTags(Activity span)
    {
        if (Tags.Value is { } tags && span.GetTagItem(SpanAttributes.DatabaseOperation) is not null)
        {
            foreach (var (key, value) in tags)
            {
                span.SetTag(key, value);
            }
        }
    }
}
