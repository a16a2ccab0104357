using System.Globalization;
using System.Text;

namespace Integr8sCode.Traces;

/// <summary>Draws a timeline for a terminal.</summary>
internal sealed class Waterfall
{
    private const int BarWidth = 48;
    private const int ShareWidth = 24;
    private const int DeepestIndent = 16;
    private const double Thousand = 1000;

    private readonly StringBuilder _text = new();
    private readonly TimelineView _timeline;
    private readonly ILookup<string, SegmentView> _path;
    private readonly int _serviceWidth;

    private Waterfall(TimelineView timeline)
    {
        _timeline = timeline;
        _path = timeline.CriticalPath.ToLookup(segment => segment.SpanId);
        _serviceWidth = timeline.Spans.Max(span => span.Service.Length);
    }

    public static string Draw(TimelineView timeline)
    {
        var waterfall = new Waterfall(timeline);
        waterfall.Head();
        waterfall.Shares();
        waterfall.Spans();
        waterfall.Notes();

        return waterfall._text.ToString();
    }

    private void Head()
    {
        Line($"execution {_timeline.ExecutionId}  {_timeline.Status.ToString().ToLowerInvariant()}  trace {_timeline.TraceId}");
        Line($"end to end {Time(_timeline.EndToEnd.DurationUs)}, answered after {Time(_timeline.Response.DurationUs)}");
    }

    private void Shares()
    {
        Line();
        Line($"where the time went");
        foreach (var (category, time) in _timeline.EndToEnd.TimeByCategory)
        {
            var share = (double)time / Math.Max(1, _timeline.EndToEnd.DurationUs);
            var bar = new string('█', (int)Math.Round(share * ShareWidth));
            Line($"  {Spelled(category),-14}{Time(time),10}{share,8:0.0 %}  {bar}");
        }
    }

    private void Spans()
    {
        Line();
        Line($"what happened   █ decided how long it took   ░ ran beside it   · was waited for");
        Line($"{"start",9}{"time",11}  {"",BarWidth}  {"service".PadRight(_serviceWidth)}  span");
        foreach (var span in _timeline.Spans)
        {
            var indent = new string(' ', Math.Min(span.Depth, DeepestIndent));
            Line($"{Time(span.StartUs),9}{Time(span.DurationUs),11}  {Bar(span)}  {span.Service.PadRight(_serviceWidth)}  {indent}{Label(span)}");
        }
    }

    private void Notes()
    {
        if (_timeline.SpanCount > _timeline.Spans.Count)
        {
            Line();
            Line($"{_timeline.SpanCount - _timeline.Spans.Count} more spans are not listed");
        }

        if (_timeline.MissingSpans.Count > 0)
        {
            Line();
            Line($"{_timeline.MissingSpans.Count} spans never arrived; what they did is a gap");
        }

        if (_timeline.ClockSkew)
        {
            Line();
            Line($"clocks disagree: spans with a clock note were moved behind what caused them");
        }
    }

    private string Bar(SpanView span)
    {
        var bar = new string(' ', BarWidth).ToCharArray();
        Fill(bar, '░', span.StartUs, span.DurationUs);
        foreach (var segment in _path[span.SpanId])
        {
            Fill(bar, segment.StartUs < span.StartUs ? '·' : '█', segment.StartUs, segment.DurationUs);
        }

        return new(bar);
    }

    // However short, it is seen.
    private void Fill(char[] bar, char mark, long start, long duration)
    {
        var total = (double)Math.Max(1, _timeline.EndToEnd.DurationUs);
        var from = Math.Clamp((int)(start / total * BarWidth), 0, BarWidth - 1);
        var to = Math.Clamp((int)((start + duration) / total * BarWidth), from + 1, BarWidth);
        for (var i = from; i < to; i++)
        {
            if (mark is not '·' || bar[i] is ' ')
            {
                bar[i] = mark;
            }
        }
    }

    private static string Label(SpanView span)
    {
        string?[] parts =
        [
            span.Name,
            span.Attributes.TryGetValue(SpanAttributes.EventType, out var type) && span.Kind is not "client" ? type.ToString() : null,
            span.Attributes.TryGetValue(SpanAttributes.SagaStep, out var step) ? step.ToString() : null,
            span.Attempt is { } attempt ? $"(attempt {attempt})" : null,
            span.IsError ? $"FAILED {span.Error}".TrimEnd() : null,
            span.ShiftedUs is { } shift ? $"(clock {Time(shift)} behind)" : null,
            span.ParentMissing is true ? "(its cause never arrived)" : null,
        ];

        return string.Join(' ', parts.Where(part => part is not null));
    }

    private static string Spelled(TimeCategory category) =>
        string.Concat(category.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static string Time(long microseconds) => microseconds switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / Thousand:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / Thousand / Thousand:0.00} s"),
    };

    private void Line() => _text.Append('\n');

    // Names come from other processes, and a terminal obeys control characters.
    private void Line(FormattableString line)
    {
        foreach (var c in line.ToString(CultureInfo.InvariantCulture).TrimEnd())
        {
            _text.Append(char.IsControl(c) ? '?' : c);
        }

        Line();
    }
}
