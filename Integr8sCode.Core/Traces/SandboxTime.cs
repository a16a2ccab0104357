namespace Integr8sCode.Traces;

/// <summary>Splits the own time of <c>sandbox.run</c> by what the span says of its parts.</summary>
internal static class SandboxTime
{
    private const double MicrosecondsPerSecond = 1_000_000;

    public static List<PathSegment> Split(List<PathSegment> segments)
    {
        // The script is the longest of what the span did itself; before it lies the claim, behind it the report.
        var runs = segments
            .Where(segment => segment.Span.IsSandbox && segment.Category is TimeCategory.OwnCode)
            .GroupBy(segment => segment.Span)
            .Select(own => own.MaxBy(segment => segment.Duration)!)
            .ToHashSet();

        return [.. segments.SelectMany(segment => runs.Contains(segment) ? Parts(segment) : [segment])];
    }

    // The report follows the script at once, so the parts are laid from the end; what is left in front is the claim.
    private static IEnumerable<PathSegment> Parts(PathSegment own)
    {
        var script = Math.Max(own.Start, own.End - Microseconds(own, SpanAttributes.SandboxRunSeconds));
        var start = Math.Max(own.Start, script - Microseconds(own, SpanAttributes.SandboxStartSeconds));
        var compile = Math.Max(own.Start, start - Microseconds(own, SpanAttributes.SandboxCompileSeconds));
        PathSegment[] parts =
        [
            own with { End = compile },
            own with { Start = compile, End = start, Category = TimeCategory.Compile },
            own with { Start = start, End = script, Category = TimeCategory.SandboxStart },
            own with { Start = script, Category = TimeCategory.Script },
        ];

        return parts.Where(part => part.Duration > 0);
    }

    private static long Microseconds(PathSegment own, string key) =>
        (long)Math.Clamp(Math.Round((own.Span.Span.Number(key) ?? 0) * MicrosecondsPerSecond), 0, own.Duration);
}
