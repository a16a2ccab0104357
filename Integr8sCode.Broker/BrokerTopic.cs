using System.Globalization;
using System.Text.RegularExpressions;

namespace Integr8sCode;

internal sealed partial record BrokerTopic(string Name, int Partitions)
{
    private const int MaxPartitions = 1024;

    public override string ToString() => $"{Name}:{Partitions}";

    public static BrokerTopic Parse(string text) =>
        Pattern().Match(text) is { Success: true } match
        && int.TryParse(match.Groups["partitions"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var partitions)
        && partitions is > 0 and <= MaxPartitions
            ? new BrokerTopic(match.Groups["name"].Value, partitions)
            : throw new BrokerException(
                $"--topics must be a list of name:partitions with 1 to {MaxPartitions} partitions, '{text}' is not");

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9._-]{1,249}):(?<partitions>[0-9]{1,4})$")]
    private static partial Regex Pattern();
}
