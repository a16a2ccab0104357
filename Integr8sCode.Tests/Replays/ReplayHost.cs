using Integr8sCode.Broker;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Integr8sCode.Replays;

/// <summary>A replayer inside the test, against the development broker and a database of its own: its claims are made by the test.</summary>
internal sealed class ReplayHost : IAsyncDisposable
{
    private readonly SqliteTestStores _stores = new();
    private readonly BrokerProcess _broker;
    private readonly WebApplication _app;

    private ReplayHost(BrokerProcess broker)
    {
        _broker = broker;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:kafka", broker.Bootstrap),
            new("ConnectionStrings:integr8scode", $"Data Source={_stores.Path}"),
            new("Kafka:FetchWaitMax", "00:00:00.005"),
        ]);
        builder.AddStorage();
        builder.AddKafka();
        builder.Services.AddExecutionJournal().AddReplayPublishing()
            .AddSingleton<ReplayTarget>().AddSingleton<ReplayTakeover>().AddSingleton<ReplayWalk>().AddSingleton<ReplayRunner>();
        _app = builder.Build();
    }

    public string Bootstrap => _broker.Bootstrap;

    public static async Task<ReplayHost> StartAsync()
    {
        var host = new ReplayHost(await MessagingHost.StartBrokerAsync());
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _stores.DisposeAsync();
        _broker.Dispose();
    }
}
