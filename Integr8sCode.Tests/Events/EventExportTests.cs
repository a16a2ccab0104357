using System.Text;
using Integr8sCode.Executions;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;
using Microsoft.AspNetCore.Http;

namespace Integr8sCode.Events;

public sealed class EventExportTests() : StoreTests(new SqliteTestStores())
{
    private readonly CountingStream _body = new();

    [Theory]
    [InlineData(1000, 120, 3)]
    [InlineData(100, 100, 2)]
    [InlineData(70, 70, 2)]
    public async Task Events_are_sent_as_they_are_read_and_no_more_than_asked_for(int limit, int expected, int pieces)
    {
        var ids = new List<string>();
        for (var i = 0; i < 120; i++)
        {
            var accepted = Stories.Accepted(Noon.AddSeconds(i));
            await Stores.Get<IExecutionStore>().AcceptAsync(accepted, Cancellation);
            ids.Add($"\"{accepted.Event.EventId}\"");
        }

        await new EventExport(Stores.Get<IEventStore>(), new(), new CsvFormat(), limit).ExecuteAsync(Request());

        var rows = Encoding.UTF8.GetString(_body.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ids.Take(expected).Prepend("\"event_id\""), rows.Select(row => row.Split(',')[0]));
        Assert.Equal(pieces, _body.Flushes);
    }

    [Fact]
    public async Task Without_the_store_nothing_is_written_that_a_problem_would_come_after()
    {
        var away = new EventExport(null!, new(), new CsvFormat(), limit: 1); // as good as a store that fails
        var request = Request();

        await Assert.ThrowsAnyAsync<Exception>(() => away.ExecuteAsync(request));

        await request.Response.CompleteAsync();
        Assert.Empty(_body.ToArray());
    }

    public override ValueTask DisposeAsync()
    {
        _body.Dispose();
        return base.DisposeAsync();
    }

    private DefaultHttpContext Request() => new() { Response = { Body = _body } };

    private sealed class CountingStream : MemoryStream
    {
        public int Flushes { get; private set; }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flushes++;
            return base.FlushAsync(cancellationToken);
        }
    }
}
