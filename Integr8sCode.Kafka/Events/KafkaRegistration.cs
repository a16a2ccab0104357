using Integr8sCode.DeadLetters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Events;

public static class KafkaRegistration
{
    internal const string ConnectionName = "kafka";

    /// <summary>
    /// Adds <see cref="EventPublisher"/>, the outbox relay, the creation of missing topics and the health check <c>kafka</c>. Needs
    /// <c>ConnectionStrings:kafka</c>, <see cref="IEventStore"/> and <see cref="Leases.ILeaseStore"/>; <see cref="KafkaOptions"/> has the rest.
    /// </summary>
    public static IHostApplicationBuilder AddKafka(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KafkaOptions>()
            .BindConfiguration(KafkaOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.BootstrapServers = configuration.GetConnectionString(ConnectionName))
            .ValidateDataAnnotations()
            .Validate(options => options.HeartbeatInterval * 3 <= options.SessionTimeout,
                "Kafka:HeartbeatInterval must be at most a third of Kafka:SessionTimeout.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BrokerLog>();
        services.AddSingleton<KafkaMetrics>();
        services.AddSingleton<BrokerMemory>();
        services.AddSingleton<Outbox>();
        builder.AddProducer();
        services.AddSingleton<MessageSender>();

        // Hosted services stop in the reverse order: the marks of the last delivery reports are written when everything else is quiet.
        services.AddSingleton<PublishedEvents>();
        services.AddHostedService(provider => provider.GetRequiredService<PublishedEvents>());
        services.AddSingleton(provider => new EventPublisher(
            provider.GetRequiredService<MessageSender>(), provider.GetRequiredService<PublishedEvents>(),
            provider.GetRequiredService<BrokerMemory>(), provider.GetRequiredService<BrokerLog>()));
        services.AddSingleton(provider => new DeadLetterPublisher(
            provider.GetRequiredService<MessageSender>(), provider.GetRequiredService<BrokerLog>()));
        services.AddHostedService<TopicCreation>();
        services.AddHostedService<OutboxRelay>();
        services.AddHealthChecks().AddCheck<KafkaHealthCheck>("kafka");
        return builder;
    }

    /// <summary>
    /// Consumes the topics as a member of <paramref name="group"/>. Needs <see cref="AddKafka"/>, <see cref="IInbox"/>,
    /// <see cref="IDeadLetterStore"/> and <see cref="IRetryPolicyStore"/>; may be called for several handlers.
    /// </summary>
    public static IServiceCollection AddEventConsumer<THandler>(this IServiceCollection services, string group, params string[] topics)
        where THandler : class, IEventHandler
    {
        services.TryAddSingleton<BrokerEpochs>();
        services.TryAddSingleton<DeadLetterJournal>();
        services.TryAddSingleton<THandler>();
        return services.AddConsumer(
            group,
            provider => new EventSubscription(group, topics, provider.GetRequiredService<THandler>()),
            (provider, subscription) => ActivatorUtilities.CreateInstance<MessageTries>(
                provider, subscription, ActivatorUtilities.CreateInstance<DeadLetterRecorder>(provider, subscription)));
    }

    /// <summary>
    /// Lets what <typeparamref name="TEnd"/> says be heard by the <typeparamref name="TEnd"/> of every process. Needs
    /// <see cref="AddKafka"/>; does nothing in a process that has registered none.
    /// </summary>
    /// <param name="topic">A topic that nothing else uses.</param>
    /// <param name="connect">Hands it the way to say something, which never blocks.</param>
    /// <param name="hear">Hands it what was said, one after the other.</param>
    public static IHostApplicationBuilder AddBroadcast<TEnd>(
        this IHostApplicationBuilder builder, string topic, Action<TEnd, Action<byte[]>> connect, Action<TEnd, byte[]> hear)
        where TEnd : class
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(TEnd)))
        {
            builder.Services.AddSingleton(new BroadcastEnd<TEnd>(topic, connect, hear));
            builder.Services.AddHostedService<Broadcast<TEnd>>();
        }

        return builder;
    }

    /// <summary>
    /// Consumes the topics as a member of <paramref name="group"/>, each message as it is: no envelope, no inbox, no dead letters. Needs
    /// <see cref="AddKafka"/>.
    /// </summary>
    public static IServiceCollection AddMessageConsumer<THandler>(this IServiceCollection services, string group, params string[] topics)
        where THandler : class, IMessageHandler
    {
        services.TryAddSingleton<THandler>();
        return services.AddConsumer(
            group,
            _ => new Subscription(group, topics),
            (provider, _) => new RawMessages(provider.GetRequiredService<THandler>()));
    }

    private static IServiceCollection AddConsumer(
        this IServiceCollection services, string group, Func<IServiceProvider, Subscription> subscribe,
        Func<IServiceProvider, Subscription, IMessageRunner> run)
    {
        services.AddKeyedSingleton(group, (provider, _) => subscribe(provider));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<Subscription>(group));
        return services.AddSingleton<IHostedService>(provider =>
        {
            var subscription = provider.GetRequiredKeyedService<Subscription>(group);
            var handling = ActivatorUtilities.CreateInstance<MessageHandling>(provider, subscription, run(provider, subscription));
            return ActivatorUtilities.CreateInstance<EventConsumer>(provider, subscription, handling);
        });
    }
}
