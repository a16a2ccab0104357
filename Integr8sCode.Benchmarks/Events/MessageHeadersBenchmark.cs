using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>What a message's headers cost its sender, and its trace context each of its readers.</summary>
public class MessageHeadersBenchmark
{
    private static readonly ActivityContext Context = new(
        ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "vendor=value", isRemote: true);

    private readonly Event _message = SampleEvent.Create();
    private readonly Headers _written = MessageHeaders.Of(SampleEvent.Create(), Context);

    [Benchmark]
    public Headers Inject() => MessageHeaders.Of(_message, Context);

    [Benchmark]
    public ActivityContext Extract() => MessageHeaders.TraceContextOf(_written);
}
