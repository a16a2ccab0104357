namespace Integr8sCode.Infrastructure;

/// <summary>Reads the server-sent events of an execution as any client would.</summary>
internal static class ExecutionStreamReader
{
    /// <summary>The stream's items until it ends by itself.</summary>
    public static async Task<IReadOnlyList<StreamedItem>> ReadToEndAsync(this ApiUser user, Guid id, string? lastEventId = null)
    {
        var items = new List<StreamedItem>();
        await foreach (var item in user.StreamAsync(id, lastEventId))
        {
            items.Add(item);
        }

        return items;
    }

    public static IAsyncEnumerable<StreamedItem> StreamAsync(
        this ApiUser user, Guid id, string? lastEventId = null, string? traceParent = null) =>
        user.StreamAsync(PathOf(id), lastEventId, traceParent);

    /// <summary>The answer to a request for the stream, with its headers only.</summary>
    public static Task<HttpResponseMessage> OpenStreamAsync(
        this ApiUser user, Guid id, string? lastEventId = null, string? traceParent = null) =>
        user.OpenStreamAsync(PathOf(id), lastEventId, traceParent);

    public static string Output(this IEnumerable<StreamedItem> items, string stream = "stdout") => string.Concat(
        items.Where(item => item.Event == "output" && item.Data["stream"]!.GetValue<string>() == stream).Select(item => item.Text));

    private static string PathOf(Guid id) => $"/api/v1/executions/{id}/stream";
}
