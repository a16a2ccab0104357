namespace Integr8sCode.Client;

/// <summary>The real network, but the first answer to each submission is lost, and every stream breaks, the next one after twice as much of it.</summary>
internal sealed class FlakyHandler(int piece) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly List<HttpRequestMessage> _requests = [];
    private int _piece = piece;

    public IReadOnlyList<HttpRequestMessage> Requests => _requests;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Add(request);
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Post && _requests.Count == 1)
        {
            response.Dispose();
            throw new HttpRequestException("the answer was lost");
        }

        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            response.Content = new StreamContent(new BreakingStream(await response.Content.ReadAsStreamAsync(cancellationToken), _piece));
            _piece *= 2;
        }

        return response;
    }
}
