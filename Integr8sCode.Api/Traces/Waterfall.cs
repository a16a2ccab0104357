using System.Globalization;
using System.Text;

namespace Integr8sCode.Traces;

/// <summary>Draws a timeline for a terminal that is so many columns wide; what would not fit into a line is cut.</summary>
internal sealed class Waterfall
{
    public const int Narrowest = 80;
    public const int Widest = 400;
    public const int DefaultColumns = 140;

    private const int StartWidth = 9;
    private const int TimeWidth = 11;
    private const int Gaps = 6; // two columns before the bar, before the service and before the name
    private const int WidestBar = 96;
    private const int WidestService = 24;
    private const int ShareWidth = 24;
    private const int DeepestIndent = 16;
    private const int MaxBranches = 20;
    private const double Thousand = 1000;

    private readonly StringBuilder _text = new();
    private readonly TimelineView _timeline;
    private readonly ILookup<string, SegmentView> _path;
    private readonly int _columns;
    private readonly int _serviceWidth;
    private readonly int _barWidth;
    private readonly int _deepestIndent;

    private Waterfall(TimelineView timeline, int columns)
    {
        _timeline = timeline;
        _path = timeline.CriticalPath.ToLookup(segment => segment.SpanId);
        _columns = columns;
        _serviceWidth = Math.Min(timeline.Spans.Max(span => span.Service.Length), WidestService);
        var free = columns - StartWidth - TimeWidth - Gaps - _serviceWidth;
        _barWidth = Math.Min(free / 2, WidestBar);
        _deepestIndent = Math.Min((free - _barWidth) / 3, DeepestIndent);
    }

    public static string Draw(TimelineView timeline, int columns)
    {
        var waterfall = new Waterfall(timeline, columns);
        waterfall.Head();
        waterfall.Shares();
        waterfall.Branches();
        waterfall.Spans();
        waterfall.Notes();

        return waterfall._text.ToString();
    }

    private void Head()
    {
        Line($"execution {_timeline.ExecutionId}  {_timeline.Status.ToString().ToLowerInvariant()}");
        Line($"trace {_timeline.TraceId}");
        if (_timeline.RetryOf is { } first)
        {
            Line($"repeats execution {first}");
        }

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

    private void Branches()
    {
        if (_timeline.Branches.Count == 0)
        {
            return;
        }

        Line();
        Line($"where it left the straight way");
        foreach (var branch in _timeline.Branches.Take(MaxBranches))
        {
            string[] others = [.. branch.Links.Select(link => link.TraceId).Where(id => id != _timeline.TraceId).Distinct()];
            var attempt = branch.Attempt > 1 ? $" (attempt {branch.Attempt})" : "";
            var traces = others.Length > 0 ? $" -> trace {string.Join(", ", others)}" : "";
            Line($"{Time(branch.StartUs),StartWidth}  {Spelled(branch.Kind),-11}  {Service(branch.Service)}  {branch.Name}{attempt}{traces}");
        }

        Rest(_timeline.Branches.Count - MaxBranches, "is in the JSON", "are in the JSON");
    }

    private void Spans()
    {
        Line();
        Line($"what happened   █ decided how long it took   ░ ran beside it   · was waited for");
        Line($"{"start",StartWidth}{"time",TimeWidth}  {new string(' ', _barWidth)}  {Service("service")}  span");
        foreach (var span in _timeline.Spans)
        {
            var indent = new string(' ', Math.Min(span.Depth, _deepestIndent));
            Line($"{Time(span.StartUs),StartWidth}{Time(span.DurationUs),TimeWidth}  {Bar(span)}  {Service(span.Service)}  {indent}{Label(span)}");
        }

        Rest(_timeline.SpanCount - _timeline.Spans.Count, "is not listed", "are not listed");
    }

    private void Notes()
    {
        if (_timeline.MissingSpans.Count is var missing and > 0)
        {
            Line();
            Line($"{missing} {(missing == 1 ? "span" : "spans")} never arrived; what they did is a gap");
        }

        if (_timeline.ClockSkew)
        {
            Line();
            Line($"clocks disagree: spans with a clock note were moved behind what caused them");
        }
    }

    private void Rest(int count, string one, string several)
    {
        if (count > 0)
        {
            Line($"{count} more {(count == 1 ? one : several)}");
        }
    }

    private string Bar(SpanView span)
    {
        var bar = new string(' ', _barWidth).ToCharArray();
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
        var from = Math.Clamp((int)(start / total * _barWidth), 0, _barWidth - 1);
        var to = Math.Clamp((int)((start + duration) / total * _barWidth), from + 1, _barWidth);
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

    private string Service(string name) => Cut(name, _serviceWidth).PadRight(_serviceWidth);

    private static string Spelled<T>(T name) where T : struct, Enum =>
        string.Concat(name.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static string Time(long microseconds) => microseconds switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / Thousand:0.0} ms"),
        < 600_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / Thousand / Thousand:0.00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 3_600_000_000}:{TimeSpan.FromMicroseconds(microseconds):mm\\:ss}"),
    };

    private static string Cut(string text, int width) => text.Length <= width ? text : $"{text[..(width - 1)]}…";

    private void Line() => _text.Append('\n');

    // Names come from other processes, and a terminal obeys control characters.
    private void Line(FormattableString line)
    {
        foreach (var c in Cut(line.ToString(CultureInfo.InvariantCulture).TrimEnd(), _columns))
        {
            _text.Append(IsShown(c) ? c : '?');
        }

        Line();
    }

    private static bool IsShown(char c) => char.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
