using System.Globalization;
using Integr8sCode.Configuration;

namespace Integr8sCode.TraceKeeping;

/// <summary>How a process keeps the traces of failures that its sampler left out.</summary>
/// <param name="Spans">Traces:KeepSpans: ended spans that wait for a verdict, a power of two from 256 to 65536. Requests that only read have room for a quarter as many besides.</param>
/// <param name="Bytes">Traces:KeepBytes: about how much memory they may take together, from 1 MiB to 1 GiB; the oldest make room.</param>
/// <param name="SlowerThan">Traces:KeepSlowerThan: work that took or waited this long is worth a trace.</param>
/// <param name="PerSecond">Traces:KeepPerSecond: traces a second that may be kept in the long run, for all processes together; five times as many at once.</param>
internal sealed record KeepSettings(int Spans, long Bytes, TimeSpan SlowerThan, int PerSecond)
{
    public static readonly KeepSettings Default = new(4096, 16 << 20, TimeSpan.FromSeconds(30), 20);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <returns>Null where failures are not kept: <c>Traces:KeepFailures</c> is false.</returns>
    public static KeepSettings? Read(SettingReader settings)
    {
        var keeps = settings.Read(true, "true or false", bool.TryParse, "Traces:KeepFailures");
        var read = new KeepSettings(
            settings.Read(Default.Spans, "a power of two from 256 to 65536", TryParseSpans, "Traces:KeepSpans"),
            settings.Read(Default.Bytes, "a number of bytes from 1048576 to 1073741824", TryParseBytes, "Traces:KeepBytes"),
            settings.Read(Default.SlowerThan, "a time span from 00:00:00.001", TryParseTime, "Traces:KeepSlowerThan"),
            settings.Read(Default.PerSecond, "a number from 1 to 10000", TryParseRate, "Traces:KeepPerSecond"));
        return keeps ? read : null;
    }

    private static bool TryParseSpans(string text, out int spans) =>
        TryParse(text, out spans) && spans is >= 256 and <= 65536 && int.IsPow2(spans);

    private static bool TryParseBytes(string text, out long bytes) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes) && bytes is >= 1 << 20 and <= 1 << 30;

    private static bool TryParseRate(string text, out int perSecond) => TryParse(text, out perSecond) && perSecond is >= 1 and <= 10_000;

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryParseTime(string text, out TimeSpan time) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time) && time >= Shortest;
}
