using Microsoft.Extensions.Options;

namespace Integr8sCode.Sqlite;

/// <summary>Opens the store once when the process starts, which also creates its tables.</summary>
internal sealed class SqliteValidation : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        try
        {
            using var database = SqliteDatabase.Open(options);
            return ValidateOptionsResult.Success;
        }
        catch (InvalidStorageException error)
        {
            return ValidateOptionsResult.Fail(error.Message);
        }
    }
}
