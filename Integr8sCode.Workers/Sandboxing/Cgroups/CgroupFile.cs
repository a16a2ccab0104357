using System.Globalization;

namespace Integr8sCode.Sandboxing.Cgroups;

internal static class CgroupFile
{
    public static void Write(string directory, string file, long value) =>
        File.WriteAllText(Path.Combine(directory, file), value.ToString(CultureInfo.InvariantCulture));

    public static long Read(string directory, string file) =>
        long.Parse(File.ReadAllText(Path.Combine(directory, file)), CultureInfo.InvariantCulture);

    /// <summary>The number after <paramref name="key"/> in a file of lines like <c>oom_kill 1</c>; 0 without such a line.</summary>
    public static long Read(string directory, string file, string key) =>
        File.ReadLines(Path.Combine(directory, file))
            .Where(line => line.StartsWith($"{key} ", StringComparison.Ordinal))
            .Select(line => long.Parse(line.AsSpan(key.Length + 1), CultureInfo.InvariantCulture))
            .FirstOrDefault();
}
