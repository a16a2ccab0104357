namespace Integr8sCode;

internal sealed class StorageOptions
{
    public const string ConnectionName = "integr8scode";

    /// <summary>A SQLite file as <c>Data Source=/path/integr8scode.db</c>, or a MongoDB URL; required.</summary>
    public string? ConnectionString { get; set; }
}
