using System.Runtime.CompilerServices;
using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;
using Integr8sCode.Users;

namespace Integr8sCode.Transfers;

/// <summary>Users with what they have: keys (as hashes), limits, and what they want to hear of.</summary>
internal sealed class UserTransfer(IUserStore users, IApiKeyStore keys, ISubscriptionStore subscriptions, IRateLimitStore limits)
    : Transfer<TransferLine.OneUser>
{
    public override async IAsyncEnumerable<TransferLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var user in users.AllAsync(PageSize, cancellationToken))
        {
            yield return new TransferLine.OneUser(
                user,
                await keys.ListAsync(user.Id, cancellationToken),
                await subscriptions.ListAsync(user.Id, cancellationToken),
                await limits.FindUserAsync(user.Id, cancellationToken));
        }
    }

    protected override async Task<bool> ImportAsync(TransferLine.OneUser line, CancellationToken cancellationToken)
    {
        var isNew = await users.AddAsync(line.User, cancellationToken);
        var known = await keys.ListAsync(line.User.Id, cancellationToken);
        foreach (var key in line.Keys.ExceptBy(known.Select(key => key.Id), key => key.Id))
        {
            await keys.SaveAsync(key, cancellationToken);
        }

        foreach (var subscription in line.Subscriptions)
        {
            await subscriptions.SaveAsync(subscription with { Version = 1 }, cancellationToken);
        }

        if (line.RateLimits is { } own && await limits.FindUserAsync(line.User.Id, cancellationToken) is null)
        {
            await limits.SaveUserAsync(own, cancellationToken);
        }

        return isNew;
    }
}
