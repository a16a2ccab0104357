using System.Globalization;
using System.Text.RegularExpressions;

namespace Integr8sCode.Query;

/// <summary>Durations as Jaeger's clients write them, which is as Go does: <c>1.2ms</c>, <c>100us</c>, <c>1h30m</c>.</summary>
internal static partial class GoDuration
{
    private static readonly Dictionary<string, decimal> Nanoseconds = new()
    {
        ["ns"] = 1,
        ["us"] = 1_000,
        ["µs"] = 1_000,
        ["μs"] = 1_000,
        ["ms"] = 1_000_000,
        ["s"] = 1_000_000_000,
        ["m"] = 60_000_000_000,
        ["h"] = 3_600_000_000_000,
    };

    public static bool TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return text is "0";
        }

        var total = match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures).Sum(part =>
            decimal.Parse(part.First.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * Nanoseconds[part.Second.Value]);
        nanoseconds = (long)Math.Min(total, long.MaxValue);
        return true;
    }

    // At most 12 digits, so that no sum overflows.
    [GeneratedRegex(@"^(?:(?<number>\d{1,12}(?:\.\d{1,9})?)(?<unit>ns|us|µs|μs|ms|s|m|h)){1,6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
