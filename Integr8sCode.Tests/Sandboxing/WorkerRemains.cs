using System.Globalization;

namespace Integr8sCode.Sandboxing;

/// <summary>What a worker's sandboxes are on this machine at a moment: processes, control groups and files.</summary>
internal sealed record WorkerRemains(IReadOnlyList<string> Processes, IReadOnlyList<int> Groups, IReadOnlyList<string> Files)
{
    private static readonly EnumerationOptions _everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    /// <summary>Every slot has one sandbox that waits for a script, and there is nothing else.</summary>
    public bool OnlyWaits =>
        Files.Count == 0
        && Groups.Distinct().Count() <= 1
        && Processes.Count % SandboxLauncher.ParkedProcesses == 0
        && Processes.All(line => line.EndsWith(" init", StringComparison.Ordinal) || line.EndsWith(" /w/main.py", StringComparison.Ordinal))
        && (Groups.Count == 0 || Processes.Count == Groups[0] * SandboxLauncher.ParkedProcesses);

    public static WorkerRemains Of(int workerId)
    {
        var name = $"{WorkerName.Prefix}{workerId.ToString(CultureInfo.InvariantCulture)}-";
        return new(
            [.. Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && IsBelow(path, workerId)).Select(CommandLine)],
            [.. Directory.EnumerateDirectories("/sys/fs/cgroup", $"{name}*", _everywhere).Select(group => Directory.GetDirectories(group).Length)],
            [.. Directory.GetDirectories(Path.GetTempPath(), $"{name}*").SelectMany(folder => Directory.GetDirectories(folder, "slot-*"))
                .SelectMany(slot => Directory.GetFileSystemEntries(Path.Combine(slot, "w")))]);
    }

    // A process whose parent is gone belongs to the machine's init, or to its sandbox' own; the group tells as well where there is one.
    private static bool IsBelow(string process, int workerId)
    {
        try
        {
            if (File.ReadAllText($"{process}/cgroup").Contains($"{WorkerName.Prefix}{workerId}-", StringComparison.Ordinal))
            {
                return !Status(process, "State").StartsWith('Z');
            }
            var parent = Status(process, "PPid");
            return parent != "0" && (parent == workerId.ToString(CultureInfo.InvariantCulture) || IsBelow($"/proc/{parent}", workerId));
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Status(string process, string name) =>
        File.ReadLines($"{process}/status").First(line => line.StartsWith($"{name}:", StringComparison.Ordinal)).Split('\t')[1];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline").Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
