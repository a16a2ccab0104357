using Integr8sCode.Infrastructure;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>The real processes, with their stores on MongoDB.</summary>
public sealed class MongoPlatformTests : IAsyncLifetime
{
    private readonly MongoUrl _database = TestServer.Database($"integr8scode-test-{Guid.CreateVersion7():N}");
    private PlatformUnderTest _test = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _test = await PlatformUnderTest.StartAsync(
        options => options with { Variables = [new("ConnectionStrings__integr8scode", _database.ToString())] }, Stop);

    public async ValueTask DisposeAsync()
    {
        await _test.DisposeAsync();
        using var client = new MongoClient(_database);
        await client.DropDatabaseAsync(_database.DatabaseName, CancellationToken.None);
    }

    [Fact]
    public async Task A_script_runs_and_its_trace_shows_the_database_calls()
    {
        using var user = new ApiUser(_test.Platform.Api, _test.Platform.Keys.User);
        using var traces = new TraceReader(_test.Platform.Traces);

        var ended = await user.GetEndedAsync(await user.SubmitAsync("print(6*7)"));
        Assert.Equal(("completed", "42\n"), (ended["status"]!.GetValue<string>(), ended["stdout"]!.GetValue<string>()));
        Assert.Equal(
            ["execution.requested", "execution.scheduled", "execution.started", "execution.completed", "result.stored"],
            await user.ListEventTypesAsync(ended["execution_id"]!.GetValue<Guid>()));

        var spans = await traces.ReadAsync(
            ended["trace_id"]!.GetValue<string>(), span => span.Text("db.collection.name") is "events" && span.Text("event.type") == "result.stored");
        Assert.Equal(
            ["execution.completed", "execution.requested", "execution.scheduled", "result.stored"], // a claim is made outside any span
            spans.Where(span => span.Text("db.operation.name") == "insert").Select(span => span.Text("event.type")).OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal("POST /api/v1/execute", Assert.Single(spans, span => span.ParentId is null).Name);
    }

    [Fact]
    public async Task Background_loops_begin_no_traces()
    {
        using var user = new ApiUser(_test.Platform.Api, _test.Platform.Keys.User);
        using var traces = new TraceReader(_test.Platform.Traces);
        var ended = await user.GetEndedAsync(await user.SubmitAsync("print(1)"));
        await traces.ReadAsync(ended["trace_id"]!.GetValue<string>(), span => span.Text("event.type") == "result.stored");

        foreach (var role in Services.Roles)
        {
            var found = (await traces.GetAsync($"/api/traces?service={role}&limit=100"))["data"]!.AsArray();

            Assert.Empty(found.Select(trace => trace!["traceID"]!.GetValue<string>()).Except([ended["trace_id"]!.GetValue<string>()]));
        }
    }
}
