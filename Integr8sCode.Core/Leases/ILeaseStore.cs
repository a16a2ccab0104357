namespace Integr8sCode.Leases;

/// <summary>Named leases for work that one process at a time should do. Losing one early costs repeated work, never correctness.</summary>
public interface ILeaseStore
{
    /// <summary>Takes or renews the lease for <paramref name="owner"/>.</summary>
    /// <returns>False while another owner's lease has not expired at <paramref name="now"/>.</returns>
    Task<bool> TryAcquireAsync(string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken);
}
