using System.Globalization;

namespace Integr8sCode;

/// <summary>What the command line asks for: <c>--port 9092 --topics execution_events:8,execution_tasks:8</c>.</summary>
/// <param name="Port">TCP port on the loopback address, default 9092; 0 takes a free one.</param>
/// <param name="Topics">Topics that exist from the start; any other topic a client names gets 4 partitions.</param>
internal sealed record BrokerOptions(int Port, IReadOnlyList<BrokerTopic> Topics)
{
    private const int DefaultPort = 9092;

    public string Summary => string.Join(' ', Topics);

    public static BrokerOptions Parse(string[] arguments)
    {
        var options = new BrokerOptions(DefaultPort, []);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            options = arguments[i] switch
            {
                "--port" => options with { Port = ParsePort(value) },
                "--topics" => options with { Topics = ParseTopics(value) },
                var unknown => throw new BrokerException($"unknown argument '{unknown}'; known are --port and --topics"),
            };
        }
        return options;
    }

    private static int ParsePort(string value) =>
        ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new BrokerException($"--port must be a number from 0 to 65535, not '{value}'");

    private static BrokerTopic[] ParseTopics(string value)
    {
        BrokerTopic[] topics = [.. value.Split(',', StringSplitOptions.TrimEntries).Select(BrokerTopic.Parse)];
        var twice = topics.GroupBy(topic => topic.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? topics : throw new BrokerException($"--topics names '{twice.Key}' twice");
    }
}
