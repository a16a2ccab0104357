namespace Integr8sCode.Notifications;

/// <summary>A host's name stands for an address that must not be called.</summary>
internal sealed class ForbiddenAddressException() : Exception("This address must not be called.");
