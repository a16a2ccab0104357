namespace Integr8sCode.Transfers;

/// <summary>Why a transfer cannot go on, in a sentence for the operator.</summary>
internal sealed class TransferException(string message) : Exception(message);
