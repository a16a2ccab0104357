using System.Globalization;
using System.Text;

namespace Integr8sCode.Local;

/// <summary>What a person needs once everything runs: where it is, the keys, and a first command to paste.</summary>
internal static class Summary
{
    private const int NameWidth = 22;

    public static string Of(LocalPlatform platform, TimeSpan startedIn)
    {
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Integr8sCode is ready after {startedIn.TotalSeconds:0.0} s; Ctrl-C stops it.")
            .AppendLine();
        foreach (var service in platform.All) Row(text, service.Name, $"{AddressOf(service, platform)} (pid {service.ProcessId})");
        text.AppendLine();
        Row(text, "page", Plain(platform.Api));
        Row(text, "user key", platform.Keys.User);
        Row(text, "admin key", platform.Keys.Admin);
        return text
            .AppendLine()
            .AppendLine(Try(platform))
            .ToString();
    }

    private static string AddressOf(Service service, LocalPlatform platform) => service.Name switch
    {
        Services.Broker => platform.Kafka,
        Services.TraceStore => $"{Plain(platform.Traces)}, OTLP/HTTP {Plain(platform.Otlp)}",
        _ => Plain(service.Address),
    };

    private static string Try(LocalPlatform platform) =>
        $$"""
          Try it:

            curl -s {{Plain(platform.Api)}}/api/v1/execute -H 'Authorization: Bearer {{platform.Keys.User}}' -H 'Content-Type: application/json' -d '{"script":"print(6*7)","language":"python"}'
          """;

    private static string Plain(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static void Row(StringBuilder text, string name, string value) => text.Append("  ").Append(name.PadRight(NameWidth)).AppendLine(value);
}
