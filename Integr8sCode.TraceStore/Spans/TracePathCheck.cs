using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Spans;

/// <summary>Tries the database file at start, so that a path that cannot be used is reported like any other wrong option.</summary>
internal sealed class TracePathCheck : IValidateOptions<TraceStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, TraceStoreOptions options)
    {
        try
        {
            TraceFile.OpenForWriting(options.Path).Dispose();
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            return ValidateOptionsResult.Fail($"{TraceStoreOptions.Section}:{nameof(options.Path)} '{options.Path}' cannot be used: {exception.Message}");
        }
    }
}
