namespace Integr8sCode;

/// <summary>The process cannot work with this store; the message is one line that names the setting and hides its password.</summary>
internal sealed class InvalidStorageException(string problem, Exception? innerException = null)
    : Exception($"ConnectionStrings:{StorageOptions.ConnectionName} {problem}", innerException);
