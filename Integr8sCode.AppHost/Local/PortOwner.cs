using System.Globalization;

namespace Integr8sCode.Local;

internal static class PortOwner
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Says who holds a TCP port of this machine: <c>python3 (pid 4711)</c>.</summary>
    public static string Describe(int port) =>
        Inodes(port).Select(OwnerOf).FirstOrDefault(owner => owner is not null) ?? "a process of another user";

    // "  0: 0100007F:2384 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 123456 ...": address, state, inode
    private static IEnumerable<string> Inodes(int port) =>
        Tables
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[1].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), StringComparison.Ordinal))
            .OrderByDescending(fields => fields[3] == Listening)
            .Select(fields => fields[9]);

    private static string? OwnerOf(string inode) =>
        new DirectoryInfo("/proc").EnumerateDirectories()
            .Where(process => process.Name.All(char.IsAsciiDigit) && Holds(process, inode))
            .Select(process => $"{CommandOf(process)} (pid {process.Name})")
            .FirstOrDefault();

    // The kernel's own name for a command ends after 15 characters.
    private static string CommandOf(DirectoryInfo process)
    {
        var name = File.ReadAllText($"{process}/comm").Trim();
        var program = Path.GetFileName(File.ReadAllText($"{process}/cmdline").Split('\0')[0]);
        return program.StartsWith(name, StringComparison.Ordinal) ? program : name;
    }

    private static bool Holds(DirectoryInfo process, string inode)
    {
        try
        {
            return process.EnumerateDirectories("fd").Single().EnumerateFiles().Any(file => file.LinkTarget == $"socket:[{inode}]");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended meanwhile, or is not ours to look into
        }
    }
}
