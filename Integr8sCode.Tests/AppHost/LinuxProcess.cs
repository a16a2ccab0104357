using System.Text.RegularExpressions;

namespace Integr8sCode.AppHost;

/// <summary>What /proc says of a process.</summary>
internal static partial class LinuxProcess
{
    private const char Zombie = 'Z';

    public static bool IsAlive(int process) => StateOf(process) is not (null or Zombie);

    /// <summary>R, S, T (stopped) and so on; null when there is no such process.</summary>
    public static char? StateOf(int process) => Read(process) is { } stat ? stat.Groups["state"].Value[0] : null;

    public static IReadOnlyList<int> ChildrenOf(int parent) =>
        [.. new DirectoryInfo("/proc").EnumerateDirectories()
            .Select(process => int.TryParse(process.Name, null, out var id) ? id : 0)
            .Where(id => id != 0 && Read(id)?.Groups["parent"].Value == $"{parent}" && IsAlive(id))];

    /// <summary>The processes that have the text in their command line.</summary>
    public static IReadOnlyList<int> Naming(string text) =>
        [.. new DirectoryInfo("/proc").EnumerateDirectories()
            .Select(process => int.TryParse(process.Name, null, out var id) ? id : 0)
            .Where(id => id != 0 && CommandLineOf(id).Contains(text, StringComparison.Ordinal))];

    private static string CommandLineOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }

    private static Match? Read(int process)
    {
        try
        {
            return Stat().Match(File.ReadAllText($"/proc/{process}/stat"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    // "4711 (name) S 42 ..."
    [GeneratedRegex(@"\) (?<state>.) (?<parent>\d+) ")]
    private static partial Regex Stat();
}
