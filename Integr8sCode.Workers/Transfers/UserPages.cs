using System.Runtime.CompilerServices;
using Integr8sCode.Users;

namespace Integr8sCode.Transfers;

internal static class UserPages
{
    public static async IAsyncEnumerable<User> AllAsync(
        this IUserStore users, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = await users.ListAsync(after: null, pageSize, cancellationToken); page is [.., var last];
            page = await users.ListAsync(last.Id, pageSize, cancellationToken))
        {
            foreach (var user in page)
            {
                yield return user;
            }
        }
    }
}
