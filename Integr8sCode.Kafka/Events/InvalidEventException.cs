namespace Integr8sCode.Events;

/// <summary>A message is an event in form, but says something that no event of ours says.</summary>
internal sealed class InvalidEventException(string message) : Exception(message);
