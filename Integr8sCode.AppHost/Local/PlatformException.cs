namespace Integr8sCode.Local;

/// <summary>The platform cannot do what it was asked; the message is for the person who asked, usually one line.</summary>
internal sealed class PlatformException(string message) : Exception(message);
