using Microsoft.Extensions.Options;

namespace Integr8sCode.Mongo;

internal sealed class MongoValidation : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var connection = options.ConnectionString ?? "";
        return MongoConnection.IsValid(connection)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(new InvalidStorageException(
                $"is no valid MongoDB URL: '{StorageConnection.Redact(connection)}'. Give it as 'mongodb://user:password@host:27017/integr8scode'.").Message);
    }
}
