namespace Integr8sCode.LoadRuns;

/// <summary>A run cannot go on; the message is for the person who started it.</summary>
internal sealed class LoadException(string message) : Exception(message);
