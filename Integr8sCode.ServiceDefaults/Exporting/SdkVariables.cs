using System.Globalization;
using Integr8sCode.Configuration;

namespace Integr8sCode.Exporting;

/// <summary>The standard variables that the SDK reads itself, which takes its default for what it cannot read.</summary>
internal static class SdkVariables
{
    private static readonly string[] AboveZero =
    [
        "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT",
    ];

    private static readonly string[] FromZero =
    [
        "OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT",
        "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
    ];

    private static readonly HashSet<string> Propagators = ["tracecontext", "baggage"];

    public static void CheckSdkVariables(this SettingReader settings)
    {
        settings.Read(false, "true or false", bool.TryParse, "OTEL_SDK_DISABLED"); // "1" or "yes" is no to the SDK
        settings.Read("", "tracecontext, or tracecontext,baggage", TryParsePropagators, "OTEL_PROPAGATORS");
        foreach (var name in AboveZero) settings.Read(1, "a whole number above 0", TryParseAboveZero, name);
        foreach (var name in FromZero) settings.Read(0, "a whole number from 0 on", TryParse, name);
    }

    // Our processes speak W3C's to each other whatever is asked for; who asks for another is told that there is none.
    private static bool TryParsePropagators(string text, out string propagators)
    {
        propagators = text;
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        return names.Contains("tracecontext") && names.All(Propagators.Contains);
    }

    private static bool TryParseAboveZero(string text, out int number) => TryParse(text, out number) && number > 0;

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
