using System.Buffers;
using System.IO.Pipelines;

namespace Integr8sCode.LoadRuns;

/// <summary>Reads one stream of server-sent events and counts what comes, without keeping it.</summary>
internal sealed class StreamingReader(HttpClient http, string path)
{
    private int _items;

    public int Items => Volatile.Read(ref _items);

    /// <summary>Ends when the stream does, or nobody wants more of it.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new LoadException($"{path} answered {(int)response.StatusCode}");
        }

        try
        {
            await CountAsync(PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken)), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task CountAsync(PipeReader body, CancellationToken cancellationToken)
    {
        ReadResult read;
        do
        {
            read = await body.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = new SequenceReader<byte>(rest.Slice(0, end));
                if (line.TryPeek(out var first) && first == 'd') // data: each item has one such line
                {
                    Interlocked.Increment(ref _items);
                }

                rest = rest.Slice(rest.GetPosition(1, end));
            }

            body.AdvanceTo(rest.Start, rest.End);
        }
        while (!read.IsCompleted);
    }
}
