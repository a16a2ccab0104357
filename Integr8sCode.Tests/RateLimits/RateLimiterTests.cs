using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integr8sCode.ServiceDefaults;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integr8sCode.RateLimits;

/// <summary>What happens to requests while the store gives no decision: here another program holds its counters locked.</summary>
public sealed class RateLimiterTests : StoreTests
{
    private static readonly RateLimitRule Rule = new("execution", RateLimitGroups.Execution, Requests: 1, WindowSeconds: 60);

    private readonly string _path;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RecordedLogs _logs = new();
    private readonly Activity _server = new("server");
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<string?> _outcomes = [];
    private readonly ActivityListener _listener;
    private readonly MeterListener _meters = new();
    private readonly RateLimiter _limiter;

    public RateLimiterTests() : this(new SqliteTestStores()) { }

    private RateLimiterTests(SqliteTestStores stores) : base(stores)
    {
        _path = stores.Path + SqliteFile.Counters.Suffix;
        _limiter = new(
            Stores.Get<IRateLimitStore>(), Options.Create(new RateLimitOptions { Timeout = TimeSpan.FromMilliseconds(300) }),
            new(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System, new LoggerFactory([_logs]).CreateLogger<RateLimiter>());
        _server.SetIdFormat(ActivityIdFormat.W3C);
        _listener = new()
        {
            ShouldListenTo = source => source.Name == Telemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == _server.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span => { if (span.TraceId == _server.TraceId) _spans.Enqueue(span); },
        };
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>()) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            _outcomes.Enqueue(tags.ToArray().First(tag => tag.Key == "rate_limit.outcome").Value?.ToString()));
        _meters.Start();
    }

    [Fact]
    public async Task Requests_pass_and_the_trace_the_log_and_a_metric_tell()
    {
        _server.Start();
        Assert.True((await TakeAsync())!.Allowed);
        Assert.False((await TakeAsync())!.Allowed);
        using (Lock())
        {
            Assert.Null(await TakeAsync());
            Assert.Null(await TakeAsync());
        }

        Assert.False((await TakeAsync())!.Allowed);
        Assert.Equal(["allowed", "rejected", "failed_open", "failed_open", "rejected"], _outcomes);
        Assert.Equal(true, _server.GetTagItem("rate_limit.fail_open"));
        var checks = _spans.Where(span => span.OperationName == "rate_limit.check").ToList();
        Assert.Equal([null, null, true, true, null], checks.Select(span => span.GetTagItem("rate_limit.fail_open")));
        Assert.Equal(ActivityStatusCode.Error, checks[3].Status);
        Assert.Single(_logs.Lines, line => line.Contains("fail open", StringComparison.Ordinal));
        Assert.Single(_logs.Lines, line => line.Contains("available again", StringComparison.Ordinal));
    }

    public override ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _meters.Dispose();
        _server.Dispose();
        _services.Dispose();
        _logs.Dispose();
        return base.DisposeAsync();
    }

    private Task<RateLimitDecision?> TakeAsync() => _limiter.TakeAsync("user:alice", Rule, Cancellation);

    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={_path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }
}
