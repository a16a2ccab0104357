using System.Net.Sockets;

namespace Integr8sCode.Local;

internal static class HealthProbe
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>What is wrong with the service at the address; null when it is healthy.</summary>
    public static async Task<string?> FindProblemAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return address.Scheme == "tcp"
                ? await ConnectAsync(address, cancellationToken)
                : await AskAsync(new Uri(address, "/health"), cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or TaskCanceledException
                                          && !cancellationToken.IsCancellationRequested)
        {
            return exception.Message;
        }
    }

    private static async Task<string?> AskAsync(Uri health, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(health, cancellationToken);
        return response.IsSuccessStatusCode
            ? null
            : $"{health} says {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}";
    }

    private static async Task<string?> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        return null;
    }
}
