namespace Integr8sCode;

/// <summary>The process cannot start with this store; the message is one line that names the setting and hides its password.</summary>
public sealed class InvalidStorageException(string problem, Exception? innerException = null)
    : Exception($"ConnectionStrings:{StorageConnection.Name} {problem}", innerException);
