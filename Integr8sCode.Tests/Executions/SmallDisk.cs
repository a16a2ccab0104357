using System.Diagnostics;

namespace Integr8sCode.Executions;

/// <summary>A disk of a few megabytes, which a test can fill and empty again; needs the right to mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder;

    private SmallDisk(DirectoryInfo folder) => _folder = folder;

    /// <summary>A folder on the disk.</summary>
    public string Folder => Path.Combine(_folder.FullName, "data");

    private string Filler => Path.Combine(_folder.FullName, "filler");

    /// <returns>The disk; <see langword="null"/> where this user may not mount one.</returns>
    public static SmallDisk? TryMount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("integr8scode-disk-");
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder.FullName))
        {
            return new(folder);
        }

        folder.Delete();
        return null;
    }

    /// <summary>Takes whatever is left, to the last page.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 65_536, 4_096 })
        {
            while (TryWrite(filler, new byte[size]))
            {
            }
        }
    }

    public void Empty() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "--lazy", _folder.FullName);
        _folder.Delete();
    }

    private static bool TryWrite(FileStream file, byte[] bytes)
    {
        try
        {
            file.Write(bytes);
            return true;
        }
        catch (IOException)
        {
            return false; // no space left
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
