using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

internal static class RetryingHost
{
    /// <summary>Keeps a letter of the host's group whose first retry is on its way.</summary>
    public static async Task<(Event Sent, DeadLetter Letter)> RetryingAsync(this MessagingHost host)
    {
        var sent = Sample.Event();
        var letter = Letters.Failed(group: MessagingHost.Group, decoded: sent).Retrying(Letters.Noon);
        return (sent, await host.Stores.Letters.AddAsync(letter, TestContext.Current.CancellationToken));
    }
}
