namespace Integr8sCode.Sandboxing.Cgroups;

/// <summary>Where this process stands in each control-group hierarchy, as directories.</summary>
/// <param name="Controllers">Version 1: the directory of each controller.</param>
/// <param name="ControllerMounts">Version 1: the top of each controller's mounted hierarchy.</param>
/// <param name="Unified">Version 2: the directory, or null if it is not mounted.</param>
/// <param name="UnifiedMount">Version 2: the top of the mounted hierarchy.</param>
internal sealed record CgroupMounts(
    IReadOnlyDictionary<string, string> Controllers, IReadOnlyDictionary<string, string> ControllerMounts, string? Unified, string? UnifiedMount)
{
    public static CgroupMounts Read() => Parse(File.ReadAllLines("/proc/self/mountinfo"), File.ReadAllLines("/proc/self/cgroup"));

    internal static CgroupMounts Parse(IEnumerable<string> mountInfo, IEnumerable<string> ownGroups)
    {
        // 4:memory:/some/group
        var own = ownGroups.Select(line => line.Split(':', 3)).SelectMany(part => part[1].Split(',').Select(controller => (controller, part[2])))
            .ToDictionary(pair => pair.controller, pair => pair.Item2);
        var controllers = new Dictionary<string, string>();
        var controllerMounts = new Dictionary<string, string>();
        string? unified = null;
        string? unifiedMount = null;
        foreach (var line in mountInfo)
        {
            // 35 31 0:32 /root/in/hierarchy /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            var halves = line.Split(" - ", 2);
            var (root, mount) = halves[0].Split(' ') is [_, _, _, var first, var second, ..] ? (first, second) : default;
            var filesystem = halves[1].Split(' ');
            if (filesystem[0] == "cgroup2" && own.TryGetValue("", out var group))
            {
                unified = Below(mount, root, group);
                unifiedMount = mount;
            }
            else if (filesystem[0] == "cgroup")
            {
                foreach (var controller in filesystem[^1].Split(',').Where(own.ContainsKey))
                {
                    controllers[controller] = Below(mount, root, own[controller]);
                    controllerMounts[controller] = mount;
                }
            }
        }
        return new CgroupMounts(controllers, controllerMounts, unified, unifiedMount);
    }

    // In a container the mount shows a part of the hierarchy, and the group's path may begin above that part.
    private static string Below(string mount, string root, string group)
    {
        var relative = root != "/" && group.StartsWith(root, StringComparison.Ordinal) ? group[root.Length..] : group;
        var directory = Path.Combine(mount, relative.TrimStart('/'));
        return Directory.Exists(directory) ? directory : mount;
    }
}
