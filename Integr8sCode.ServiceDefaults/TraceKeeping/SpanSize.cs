using System.Diagnostics;

namespace Integr8sCode.TraceKeeping;

/// <summary>About how many bytes of memory an ended span takes; what varies - texts, the number of tags, events and links - is counted.</summary>
internal static class SpanSize
{
    private const int Bare = 500; // the activity itself, its ids and its lists
    private const int OfTag = 80; // a node of the list and a boxed value
    private const int OfEvent = 160;
    private const int OfLink = 160;
    private const int OfElement = 16;

    public static int Of(Activity span)
    {
        long size = Bare;
        foreach (ref readonly var tag in span.EnumerateTagObjects()) size += Of(tag.Value);
        foreach (ref readonly var happened in span.EnumerateEvents())
        {
            size += OfEvent;
            foreach (ref readonly var tag in happened.EnumerateTagObjects()) size += Of(tag.Value);
        }
        foreach (ref readonly var link in span.EnumerateLinks())
        {
            size += OfLink;
            foreach (ref readonly var tag in link.EnumerateTagObjects()) size += Of(tag.Value);
        }
        return (int)Math.Min(size, int.MaxValue);
    }

    private static long Of(object? value) => OfTag + value switch
    {
        string text => sizeof(char) * (long)text.Length,
        string[] texts => Of(texts),
        Array array => OfElement * (long)array.Length,
        _ => 0,
    };

    private static long Of(string[] texts)
    {
        var size = 0L;
        foreach (var text in texts) size += OfTag + sizeof(char) * (long)(text?.Length ?? 0);
        return size;
    }
}
