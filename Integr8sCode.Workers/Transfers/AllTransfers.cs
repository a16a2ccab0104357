namespace Integr8sCode.Transfers;

internal static class AllTransfers
{
    /// <summary>Every kind of line, in the order of an export.</summary>
    public static IReadOnlyList<ITransfer> Of(IServiceProvider stores) =>
    [
        ActivatorUtilities.CreateInstance<UserTransfer>(stores),
        ActivatorUtilities.CreateInstance<RateLimitTransfer>(stores),
        ActivatorUtilities.CreateInstance<SettingsTransfer>(stores),
        ActivatorUtilities.CreateInstance<RetryPolicyTransfer>(stores),
        ActivatorUtilities.CreateInstance<ExecutionTransfer>(stores),
        ActivatorUtilities.CreateInstance<DeadLetterTransfer>(stores),
        ActivatorUtilities.CreateInstance<ReplayTransfer>(stores),
        ActivatorUtilities.CreateInstance<NotificationTransfer>(stores),
    ];
}
