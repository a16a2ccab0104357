namespace Integr8sCode.Users;

public interface IUserStore
{
    /// <returns>False, and nothing changed, where there is a user of that id.</returns>
    Task<bool> AddAsync(User user, CancellationToken cancellationToken);

    Task<User?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Users in the order of their ids (by code point).</summary>
    /// <param name="after">Only users whose id sorts after this one; from the first where it is <see langword="null"/>.</param>
    Task<IReadOnlyList<User>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    Task<bool> HasAdminAsync(CancellationToken cancellationToken);

    /// <summary>Two changes of different things at once both happen.</summary>
    /// <returns>The changed user; <see langword="null"/> where there is none of that id.</returns>
    Task<User?> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken);

    /// <returns>False where there was none of that id.</returns>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);
}
