using Integr8sCode.Storage;

namespace Integr8sCode.Sqlite;

public sealed class SqliteTestStores : TestStores
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-store-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "integr8scode.db");

    public override string ConnectionString => $"Data Source={Path};Default Timeout=1"; // seconds; some tests lock it

    protected override ValueTask DropAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
