using System.Diagnostics.Metrics;
using Integr8sCode.Broker;
using Integr8sCode.DeadLetters;
using Integr8sCode.Infrastructure;
using Integr8sCode.Leases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>One process of the platform as far as messaging goes: the real producer and consumer, against the development broker.</summary>
internal sealed class MessagingHost(IHost host, MessagingStores stores) : IAsyncDisposable
{
    public const string Group = "group-under-test";

    public MessagingStores Stores { get; } = stores;

    public EventPublisher Publisher => Get<EventPublisher>();

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>A process that publishes; with a handler, one that consumes too.</summary>
    public static async Task<MessagingHost> StartAsync(
        string bootstrap, HandlerUnderTest? handler = null, MessagingStores? stores = null, ILoggerProvider? logs = null,
        params (string Name, string Value)[] settings)
    {
        var host = Build(bootstrap, handler, stores ??= new(), logs, settings);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host, stores);
    }

    public static IHost Build(
        string? bootstrap, HandlerUnderTest? handler, MessagingStores stores, ILoggerProvider? logs, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:kafka", bootstrap),
            new("Kafka:FetchWaitMax", "00:00:00.005"),
            new("Kafka:GroupProtocol", "consumer"),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddSingleton<IEventStore>(stores).AddSingleton<IInbox>(stores);
        builder.Services.AddSingleton<IDeadLetterStore>(stores.Letters).AddSingleton<IRetryPolicyStore>(stores.Letters);
        builder.Services.AddSingleton<ILeaseStore>(stores);
        builder.AddKafka();
        if (logs is not null) builder.Logging.AddProvider(logs);
        if (handler is not null)
        {
            builder.Services.AddSingleton(handler).AddEventConsumer<HandlerUnderTest>(Group, Topics.ExecutionEvents, Topics.ExecutionTasks);
        }

        return builder.Build();
    }

    public static Task<BrokerProcess> StartBrokerAsync(int partitions = 2) => BrokerProcess.StartAsync(
        port: 0, string.Join(',', Topics.All.Select(topic => $"{topic}:{partitions}")), TestContext.Current.CancellationToken);

    public async Task<HealthReportEntry> CheckHealthAsync()
    {
        var health = host.Services.GetRequiredService<HealthCheckService>();
        return (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["kafka"];
    }

    /// <returns>The dead letters, once there are so many.</returns>
    public async Task<IReadOnlyCollection<DeadLetter>> LettersAsync(int count)
    {
        await Eventually.HoldsAsync(() => Stores.DeadLetters.Count == count, $"{count} dead letters");
        return Stores.DeadLetters;
    }

    public bool Owns(Meter meter) => meter.Scope == host.Services.GetRequiredService<IMeterFactory>();

    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
