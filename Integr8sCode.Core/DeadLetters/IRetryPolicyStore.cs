namespace Integr8sCode.DeadLetters;

/// <summary>The retry policies that operators saved; every process reads them here, so a change holds for all at once.</summary>
public interface IRetryPolicyStore
{
    /// <returns>The saved policy; <see langword="null"/> where the topic has its default.</returns>
    Task<RetryPolicy?> FindAsync(string topic, CancellationToken cancellationToken);

    /// <returns>All saved policies, by topic.</returns>
    Task<IReadOnlyList<RetryPolicy>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the policy if the stored version is the one before it (none for version 1); never overwrites a concurrent save.</summary>
    /// <returns>False if somebody else saved first.</returns>
    Task<bool> SaveAsync(RetryPolicy policy, CancellationToken cancellationToken);
}
