namespace Integr8sCode.Sandboxing;

/// <summary>What a slot keeps from run to run: its user id and the directory that scripts see as <c>/w</c>. Only the worker can write there.</summary>
/// <param name="Number">From 0.</param>
/// <param name="UserId">The user id that the slot's scripts have on the host; null for the worker's own, when it is not root.</param>
/// <param name="Directory">Absolute path.</param>
internal sealed record SlotPlace(int Number, int? UserId, string Directory)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Passable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public void Write(IEnumerable<SandboxFile> files)
    {
        foreach (var file in files)
        {
            var folder = Directory;
            foreach (var part in file.Path.Split('/')[..^1])
            {
                folder = Path.Combine(folder, part);
                MakePassable(folder);
            }
            var path = Path.Combine(Directory, file.Path);
            WriteReadable(path, file.Content);
            if (file.IsProgram)
            {
                File.SetUnixFileMode(path, Passable);
            }
        }
    }

    public void Empty()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        MakePassable(Directory);
    }

    /// <summary>Writes a file that every user may read, whatever the process's umask.</summary>
    public static void WriteReadable(string path, ReadOnlyMemory<byte> content)
    {
        File.WriteAllBytes(path, content.Span);
        File.SetUnixFileMode(path, Readable);
    }

    /// <summary>Makes a directory that every user may read, whatever the process's umask.</summary>
    public static void MakePassable(string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, Passable);
    }
}
