namespace Integr8sCode.DeadLetters;

/// <summary>How many letters are alike.</summary>
/// <param name="Oldest">When the first of them failed first.</param>
/// <param name="Newest">When the last of them failed last.</param>
/// <param name="Retries">Of all of them together.</param>
/// <param name="MostRetries">Of one of them.</param>
public sealed record DeadLetterCount(
    DeadLetterStatus Status,
    string Topic,
    string ConsumerGroup,
    string? EventType,
    string Fingerprint,
    string ExceptionType,
    string? TopFrame,
    long Count,
    DateTimeOffset Oldest,
    DateTimeOffset Newest,
    long Retries,
    int MostRetries);
