namespace Integr8sCode.Infrastructure;

/// <summary>A running platform as scenarios see it, whether local mode or Aspire started it.</summary>
internal interface ITestPlatform
{
    Uri Api { get; }

    /// <summary>Jaeger's query API.</summary>
    Uri Traces { get; }

    /// <summary>host:port for a Kafka client.</summary>
    string Kafka { get; }

    string UserKey { get; }

    string AdminKey { get; }

    Task StopAsync(string service);

    /// <summary>Returns when the service is healthy again.</summary>
    Task StartAsync(string service);
}
