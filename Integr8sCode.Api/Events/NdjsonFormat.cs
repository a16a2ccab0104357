using System.Buffers;
using System.Text.Json;

namespace Integr8sCode.Events;

/// <summary>A line of JSON for each event, as the API shows it.</summary>
internal sealed class NdjsonFormat : IEventFormat
{
    public string ContentType => "application/x-ndjson";

    public string Extension => "ndjson";

    public void WriteHead(IBufferWriter<byte> file)
    {
    }

    public void Write(IBufferWriter<byte> file, Event recorded)
    {
        using (var json = new Utf8JsonWriter(file))
        {
            JsonSerializer.Serialize(json, recorded, ApiJson.Default.Event);
        }

        file.Write("\n"u8);
    }
}
