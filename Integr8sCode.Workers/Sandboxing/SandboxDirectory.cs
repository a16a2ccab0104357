using Integr8sCode.Sandboxing.Seccomp;

namespace Integr8sCode.Sandboxing;

/// <summary>This worker's files for its sandboxes: the slots' directories, the sandbox's /etc and the system-call filter.</summary>
internal sealed class SandboxDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly Dictionary<string, string> _etc = new()
    {
        ["passwd"] = "root:x:0:0:root:/nonexistent:/usr/sbin/nologin\nsandbox:x:65534:65534:sandbox:/tmp:/bin/sh\n",
        ["group"] = "root:x:0:\nsandbox:x:65534:\n",
        ["hosts"] = "127.0.0.1 localhost sandbox\n::1 localhost\n",
        ["nsswitch.conf"] = "passwd: files\ngroup: files\nhosts: files\n",
    };

    private readonly string _root;

    public SandboxDirectory(string parent, string name)
    {
        RemoveStale(parent);
        _root = Path.Combine(parent, name);
        Directory.CreateDirectory(_root, OwnerOnly);
        File.SetUnixFileMode(_root, OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        EtcFiles = [.. _etc.Select(file => Write("etc", file.Key, file.Value))];
        ParkFolder = Path.GetDirectoryName(Write("park", ParkedPython.FileName, ParkedPython.Script))!;
        SeccompFile = Path.Combine(_root, "seccomp.bpf");
        File.WriteAllBytes(SeccompFile, SeccompFilter.Build(SyscallTable.OfThisMachine));
    }

    public string SeccompFile { get; }

    public IReadOnlyList<string> EtcFiles { get; }

    public string ParkFolder { get; }

    public SlotPlace AddSlot(int number, int? userId)
    {
        var slot = Path.Combine(_root, $"slot-{number}");
        Directory.CreateDirectory(slot, OwnerOnly);
        if (userId is { } id)
        {
            Libc.GiveToGroup(slot, id);
            File.SetUnixFileMode(slot, OwnerOnly | UnixFileMode.GroupExecute);
        }
        var work = Path.Combine(slot, "w");
        SlotPlace.MakePassable(work);
        return new SlotPlace(number, userId, work);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void RemoveStale(string parent)
    {
        foreach (var stale in Directory.GetDirectories(parent, $"{WorkerName.Prefix}*").Where(path => WorkerName.IsOfDeadProcess(Path.GetFileName(path))))
        {
            try
            {
                Directory.Delete(stale, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another worker removes it at this moment.
            }
        }
    }

    private string Write(string part, string name, string text)
    {
        var folder = Path.Combine(_root, part);
        SlotPlace.MakePassable(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return path;
    }
}
