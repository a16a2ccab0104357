using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Integr8sCode.Streaming;

/// <summary>One server-sent event as it is written: made once, for all who read it.</summary>
internal readonly record struct StreamItem(byte[] Frame)
{
    /// <param name="id">What the reader sends as <c>Last-Event-ID</c> to get what comes after it.</param>
    public static StreamItem Of<T>(string name, string id, T data, JsonTypeInfo<T> type) =>
        new([.. Encoding.UTF8.GetBytes($"event: {name}\nid: {id}\ndata: "), .. JsonSerializer.SerializeToUtf8Bytes(data, type), .. "\n\n"u8]);
}
