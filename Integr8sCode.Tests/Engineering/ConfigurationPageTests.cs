using System.Reflection;
using System.Text.RegularExpressions;

namespace Integr8sCode.Engineering;

/// <summary>docs/configuration.md tells of every setting, and of none that there is not.</summary>
public sealed partial class ConfigurationPageTests
{
    private static readonly string[] Projects = ["Api", "Core", "Kafka", "TraceStore", "Workers"];

    /// <summary>Beside the classes of options: what every process reads before it is built.</summary>
    private static readonly string[] ReadByName =
        ["Traces:TrustCallers", "Traces:KeepFailures", "Traces:KeepSpans", "Traces:KeepBytes", "Traces:KeepSlowerThan", "Traces:KeepPerSecond"];

    private static readonly string[] TakenFromOthers = ["Kafka:BootstrapServers", "Notifications:TracesUrl"];

    [Fact]
    public async Task The_page_has_every_setting_and_no_other()
    {
        var page = await File.ReadAllLinesAsync(
            Path.Combine(ScriptClone.FindRepository(), "docs", "configuration.md"), TestContext.Current.CancellationToken);

        Assert.Equal(
            Projects.SelectMany(ListSettings).Except(TakenFromOthers).Concat(ReadByName).Distinct().Order(StringComparer.Ordinal),
            Read(page).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> ListSettings(string project) =>
        from type in Assembly.Load($"Integr8sCode.{project}").GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where section is { IsLiteral: true }
        from setting in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        select $"{section.GetRawConstantValue()}:{setting.Name}";

    private static IEnumerable<string> Read(IEnumerable<string> page)
    {
        string? section = null;
        foreach (var line in page)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = Heading().Match(line) is { Success: true } heading ? heading.Groups[1].Value : null;
            }

            foreach (var name in section is null ? [] : Row().Matches(line).SelectMany(row => Name().Matches(row.Value)))
            {
                yield return $"{section}:{name.Groups[1].Value}";
            }
        }
    }

    [GeneratedRegex("^## `(.+)`$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `[^|]+\|")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
