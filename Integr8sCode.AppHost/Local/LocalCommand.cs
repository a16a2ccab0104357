using System.Globalization;

namespace Integr8sCode.Local;

/// <summary>Local mode's command line. Every option with a value can also come from the environment: --api-port is INTEGR8SCODE_API_PORT.</summary>
internal sealed record LocalCommand(string DataFolder, PlatformPorts Ports, bool Reset = false)
{
    public const string Usage = "known are --local, --reset, --data, --api-port, --trace-port, --otlp-port and --kafka-port";
    private static readonly string[] WithValue = ["--data", "--api-port", "--trace-port", "--otlp-port", "--kafka-port"];

    public static LocalCommand Parse(IEnumerable<string> arguments, Func<string, string?> environment)
    {
        var command = new LocalCommand(".data", new PlatformPorts());
        foreach (var option in WithValue)
        {
            if (environment(VariableOf(option)) is { Length: > 0 } value) command = command.With(option, value, VariableOf(option));
        }
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var option)) command = command.With(option, rest);
        return command.WithDistinctPorts();
    }

    private static string VariableOf(string option) => $"INTEGR8SCODE{option[1..]}".Replace('-', '_').ToUpperInvariant();

    private LocalCommand With(string option, Queue<string> rest) => option switch
    {
        "--local" => this,
        "--reset" => this with { Reset = true },
        _ when !WithValue.Contains(option) => throw new PlatformException($"unknown argument '{option}'; {Usage}"),
        _ => With(option, rest.TryDequeue(out var value) ? value : "", option),
    };

    private LocalCommand With(string option, string value, string source) => option switch
    {
        "--data" => this with { DataFolder = value.Length > 0 ? value : throw new PlatformException($"{source} must name a folder") },
        "--api-port" => this with { Ports = Ports with { Api = Port(value, source) } },
        "--trace-port" => this with { Ports = Ports with { Traces = Port(value, source) } },
        "--otlp-port" => this with { Ports = Ports with { Otlp = Port(value, source) } },
        _ => this with { Ports = Ports with { Kafka = Port(value, source) } },
    };

    private static int Port(string value, string source) =>
        ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new PlatformException($"{source} must be a port from 1 to 65535, or 0 for a free one, not '{value}'");

    private LocalCommand WithDistinctPorts()
    {
        var shared = new[] { Ports.Api, Ports.Traces, Ports.Otlp, Ports.Kafka }
            .Where(port => port != 0).GroupBy(port => port).FirstOrDefault(group => group.Count() > 1);
        return shared is null ? this : throw new PlatformException($"port {shared.Key} is given to two services");
    }
}
