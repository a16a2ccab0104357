namespace Integr8sCode;

/// <summary>
/// The store cannot take or answer a call now: it is locked, full, gone or too slow. The message says what to do and holds no secret.
/// After a failed write the outcome may be unknown, so repeat it only with the same ids. An API answers 503; a consumer stops
/// without moving its offset.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
