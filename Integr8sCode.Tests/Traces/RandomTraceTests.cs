using System.Diagnostics;

namespace Integr8sCode.Traces;

/// <summary>Whatever a backend answers, the times add up.</summary>
public sealed class RandomTraceTests
{
    private static readonly ActivityKind[] Kinds = Enum.GetValues<ActivityKind>();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Segments_follow_each_other_and_sum_to_the_whole(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 50; i++)
        {
            var tree = SpanTree.Of(RandomTrace(random, random.Next(1, 60)))!;
            var whole = CriticalPath.EndToEnd(tree);

            Assert.All(tree.Nodes, node => Assert.True(node.Start >= (node.Parent?.Start ?? long.MinValue)));
            Assert.True(whole.Duration >= tree.Root.End - tree.Root.Start);
            AssertExact(whole, tree, tree.Root.Start, whole.Duration);
            AssertExact(CriticalPath.Response(tree, tree.Root), tree, tree.Root.Start, tree.Root.End - tree.Root.Start);
            Assert.All(tree.Nodes, node => Assert.Equal(node.End - node.Start, CriticalPath.Response(tree, node).Duration));
        }
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_spans_needs_no_deep_stack()
    {
        var spans = Enumerable.Range(0, 100_000)
            .Select(i => TimelineSpans.Span($"{i}", i == 0 ? null : $"{i - 1}", i, i + 2, ActivityKind.Internal))
            .ToList();

        var tree = SpanTree.Of(spans)!;

        Assert.Equal(100_000, tree.Nodes.Count);
        Assert.Equal(2_000, CriticalPath.EndToEnd(tree).Duration);
    }

    private static void AssertExact(CriticalPath path, SpanTree tree, long start, long duration)
    {
        Assert.Equal(duration, path.Duration);
        Assert.Equal(duration, path.TimeByCategory.Values.Sum());
        if (duration > 0)
        {
            path.AssertExact(tree);
            Assert.Equal(start, path.Segments[0].Start);
        }
    }

    /// <summary>
    /// Parents that are later, missing, the span itself or in a circle; links in place of a parent and beside it, in the trace and out of it;
    /// repeated ids; times that contradict each other, outside of the parent's, before it, or of no length.
    /// </summary>
    private static List<TraceSpan> RandomTrace(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new TraceSpan
        {
            SpanId = $"{random.Next(count * 8 / 7)}",
            ParentId = i == 0 || random.Next(8) == 0 ? null : $"{random.Next(random.Next(4) == 0 ? count * 2 : i)}",
            Links = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new SpanReference("trace", $"{random.Next(count * 2)}"))],
            Name = random.Next(6) == 0 ? SpanNames.SandboxRun : "work",
            Kind = Kinds[random.Next(Kinds.Length)],
            Service = $"service-{random.Next(3)}",
            Start = random.Next(1000),
            Duration = random.Next(5) == 0 ? 0 : random.Next(400),
        }.With(SpanAttributes.SandboxRunSeconds, random.NextDouble() / 1000).With(SpanAttributes.SandboxQueueSeconds, random.NextDouble() / 1000)
            .With(random.Next(5) == 0 ? SpanAttributes.RetryNotBefore : "no back-off", random.Next(2)).With(SpanAttributes.Attempt, random.Next(1, 4))),
    ];
}
