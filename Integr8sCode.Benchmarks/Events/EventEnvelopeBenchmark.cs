using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Integr8sCode.Events;

/// <summary>The envelope as every message's value carries it.</summary>
public class EventEnvelopeBenchmark
{
    private readonly Event _message = SampleEvent.Create();
    private readonly byte[] _written = JsonSerializer.SerializeToUtf8Bytes(SampleEvent.Create(), CoreJson.Default.Event);

    [Benchmark]
    public byte[] Serialize() => CompactJson.Write(_message, CoreJson.Default.Event);

    [Benchmark]
    public Event Deserialize() => EventDecoder.Decode(_written);
}
