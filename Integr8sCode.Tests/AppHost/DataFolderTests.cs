using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("integr8scode-");

    private string Folder => Path.Combine(_parent.FullName, "data");

    [Fact]
    public void Nobody_else_can_look_into_a_folder_that_it_makes()
    {
        using var folder = DataFolder.Open(Folder);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Folder).UnixFileMode);
    }

    [Fact]
    public void A_folder_in_use_is_refused()
    {
        using var first = DataFolder.Open(Folder);

        var refusal = Assert.Throws<PlatformException>(() => DataFolder.Open(Folder));

        Assert.Contains(Folder, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_folder_in_use_is_not_reset()
    {
        using var first = DataFolder.Open(Folder);
        File.WriteAllText(first.Database, "data");

        Assert.Throws<PlatformException>(() => DataFolder.Reset(Folder));

        Assert.True(File.Exists(first.Database));
    }

    [Fact]
    public void Reset_deletes_what_the_platform_stored_and_nothing_else()
    {
        using (var folder = DataFolder.Open(Folder))
        {
            string[] stored =
            [
                folder.Database, $"{folder.Database}-wal", $"{folder.Database}.counters", $"{folder.Database}.counters-wal", folder.Traces, folder.Keys,
            ];
            foreach (var path in stored.Append(Path.Combine(Folder, "notes.txt"))) File.WriteAllText(path, "x");
        }

        DataFolder.Reset(Folder);

        Assert.Equal(["integr8scode.lock", "notes.txt"], Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_folder_that_is_not_ours_is_not_reset()
    {
        Directory.CreateDirectory(Folder);
        var database = Path.Combine(Folder, "traces.db");
        File.WriteAllText(database, "someone else's");

        Assert.Throws<PlatformException>(() => DataFolder.Reset(Folder));

        Assert.True(File.Exists(database));
    }

    [Fact]
    public void Resetting_a_folder_that_is_not_there_does_nothing()
    {
        DataFolder.Reset(Folder);

        Assert.False(Directory.Exists(Folder));
    }

    public void Dispose() => _parent.Delete(recursive: true);
}
