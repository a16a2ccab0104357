using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MongoDB.Bson;

namespace Integr8sCode.Mongo;

/// <summary>
/// Speaks MongoDB's protocol to the real driver, keeps what it was asked and answers what a test says. So what the stores send, and what
/// they make of an answer, is tested where no MongoDB is; what MongoDB does with it is not.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<BsonDocument> _commands = [];
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public ScriptedServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>What to answer: <see langword="null"/> breaks the connection instead. Unset, everything succeeds and nothing is found.</summary>
    public Func<BsonDocument, BsonDocument?> Answer { get; set; } = Success;

    /// <summary>The commands of one name, as they came.</summary>
    public IReadOnlyList<BsonDocument> Sent(string name) => [.. _commands.Where(command => command.GetElement(0).Name == name)];

    public static BsonDocument Success(BsonDocument command) => command.GetElement(0).Name switch
    {
        "find" or "aggregate" => Found(),
        "insert" or "update" or "delete" => new() { ["ok"] = 1, ["n"] = 1, ["nModified"] = 1 },
        _ => new() { ["ok"] = 1 },
    };

    public static BsonDocument Found(params BsonDocument[] documents) => new()
    {
        ["ok"] = 1,
        ["cursor"] = new BsonDocument { ["id"] = 0L, ["ns"] = "integr8scode.any", ["firstBatch"] = new BsonArray(documents) },
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            while (await WireMessage.ReadAsync(client.GetStream(), _stop.Token) is { } message && AnswerTo(message.Command) is { } answer)
            {
                await client.GetStream().WriteAsync(message.AnswerWith(answer), _stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
        }
    }

    private BsonDocument? AnswerTo(BsonDocument command)
    {
        if (command.GetElement(0).Name is "hello" or "isMaster")
        {
            return new()
            {
                ["ok"] = 1,
                ["ismaster"] = true,
                ["isWritablePrimary"] = true,
                ["helloOk"] = true,
                ["minWireVersion"] = 0,
                ["maxWireVersion"] = 25, // MongoDB 8.0
                ["maxBsonObjectSize"] = 16 * 1024 * 1024,
                ["maxMessageSizeBytes"] = 48_000_000,
                ["maxWriteBatchSize"] = 100_000,
            };
        }

        _commands.Enqueue(command);
        return Answer(command);
    }
}
