using Integr8sCode.DeadLetters;

namespace Integr8sCode.Mongo;

internal sealed record DeadLetterDocument(Guid Id, string Identity, DateTimeOffset FailedAt, DeadLetter Letter);
