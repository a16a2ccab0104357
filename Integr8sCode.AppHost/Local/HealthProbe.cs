using System.Net.Sockets;

namespace Integr8sCode.Local;

internal static class HealthProbe
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    public static async Task<bool> IsHealthyAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            if (address.Scheme == "tcp") return await AcceptsAsync(address, cancellationToken);
            using var response = await Http.GetAsync(new Uri(address, "/health"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or TaskCanceledException
                                          && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<bool> AcceptsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        return true;
    }
}
