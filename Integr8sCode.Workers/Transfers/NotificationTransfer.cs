using System.Runtime.CompilerServices;
using Integr8sCode.Notifications;
using Integr8sCode.Users;

namespace Integr8sCode.Transfers;

internal sealed class NotificationTransfer(IUserStore users, INotificationStore notifications) : Transfer<TransferLine.News>
{
    public override async IAsyncEnumerable<TransferLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var user in users.AllAsync(PageSize, cancellationToken))
        {
            var all = new NotificationFilter(user.Id, Limit: PageSize);
            for (var page = await notifications.ListAsync(all, cancellationToken); page is [.., var last];
                page = await notifications.ListAsync(all with { Before = NotificationCursor.Of(last) }, cancellationToken))
            {
                foreach (var notification in page)
                {
                    yield return new TransferLine.News(notification);
                }
            }
        }
    }

    protected override async Task<bool> ImportAsync(TransferLine.News line, CancellationToken cancellationToken) =>
        await notifications.AddAsync([line.Notification], cancellationToken) is not [];
}
