using System.Text;
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

    // The machine's own, which name no secret: how /usr/bin/awk is found, and where libraries are.
    private const string Alternatives = "/etc/alternatives";
    private const string LibraryCache = "/etc/ld.so.cache";

    private readonly string _root;

    public SandboxDirectory(string parent, string name)
    {
        RemoveStale(parent);
        _root = Path.Combine(parent, name);
        Directory.CreateDirectory(_root, OwnerOnly);
        File.SetUnixFileMode(_root, OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Etc = MakeEtc(Path.Combine(_root, "etc"));
        SeccompFile = Path.Combine(_root, "seccomp.bpf");
        SlotPlace.WriteReadable(SeccompFile, SeccompFilter.Build(SyscallTable.OfThisMachine));
    }

    public string SeccompFile { get; }

    /// <summary>The sandbox's /etc. One directory, because each mount costs every sandbox a tenth of a millisecond.</summary>
    public string Etc { get; }

    public string ParkFolder => Path.Combine(Etc, Path.GetFileName(ParkedPython.Folder));

    /// <summary>Makes those of the host's paths that lie in /etc mount points: a sandbox cannot, because all of <see cref="Etc"/> is read-only there.</summary>
    public void MakeRoomFor(IEnumerable<string> readOnlyPaths)
    {
        foreach (var path in readOnlyPaths.Where(path => path.StartsWith("/etc/", StringComparison.Ordinal) && Path.Exists(path)))
        {
            var point = Etc;
            foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..^1])
            {
                point = Path.Combine(point, part);
                SlotPlace.MakePassable(point);
            }
            point = Path.Combine(point, Path.GetFileName(path.TrimEnd('/')));
            if (Directory.Exists(path))
            {
                SlotPlace.MakePassable(point);
            }
            else
            {
                SlotPlace.WriteReadable(point, ReadOnlyMemory<byte>.Empty);
            }
        }
    }

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

    private static string MakeEtc(string folder)
    {
        SlotPlace.MakePassable(folder);
        foreach (var (name, text) in _etc)
        {
            SlotPlace.WriteReadable(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
        }
        if (File.Exists(LibraryCache))
        {
            SlotPlace.WriteReadable(Path.Combine(folder, Path.GetFileName(LibraryCache)), File.ReadAllBytes(LibraryCache));
        }
        var park = Path.Combine(folder, Path.GetFileName(ParkedPython.Folder));
        SlotPlace.MakePassable(park);
        SlotPlace.WriteReadable(Path.Combine(park, ParkedPython.FileName), Encoding.UTF8.GetBytes(ParkedPython.Script));
        CopyLinks(Alternatives, Path.Combine(folder, Path.GetFileName(Alternatives)));
        return folder;
    }

    private static void CopyLinks(string from, string to)
    {
        SlotPlace.MakePassable(to);
        foreach (var link in Directory.Exists(from) ? new DirectoryInfo(from).EnumerateFileSystemInfos() : [])
        {
            if (link.LinkTarget is { } target)
            {
                File.CreateSymbolicLink(Path.Combine(to, link.Name), target);
            }
        }
    }
}
