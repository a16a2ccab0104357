using System.Threading.Channels;

namespace Integr8sCode.Notifications;

/// <summary>What one open stream of a user has still to take.</summary>
internal sealed class NotificationReader(string userId, Action<NotificationReader> leave) : IDisposable
{
    private const int MaxWaiting = 100;

    private readonly Channel<NotificationNews> _news = Channel.CreateBounded<NotificationNews>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    public string UserId => userId;

    /// <summary>Ends once more than <see cref="MaxWaiting"/> waited at one time: whoever is that slow comes back and reads from the store.</summary>
    public IAsyncEnumerable<NotificationNews> ReadAsync(CancellationToken cancellationToken) => _news.Reader.ReadAllAsync(cancellationToken);

    public void Tell(NotificationNews news)
    {
        if (!_news.Writer.TryWrite(news))
        {
            _news.Writer.TryComplete();
        }
    }

    public void Dispose() => leave(this);
}
