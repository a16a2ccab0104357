using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

namespace Integr8sCode;

/// <summary>What <c>docker-compose.yaml</c> says of a service beyond what Aspire derives from the model.</summary>
internal static class ComposeService
{
    public const string Restart = "unless-stopped";

    private const string ExecutionWorker = "execution-worker";

    public static void Describe(Service service)
    {
        service.Restart = Restart;
        // Aspire lets a service start when the container of another has; both have a health check here.
        foreach (var dependency in service.DependsOn.Values)
        {
            dependency.Condition = "service_healthy";
        }
    }

    public static void DescribeWorker(Service service, string role, int replicas)
    {
        Describe(service);
        service.Deploy = new Deploy { Replicas = replicas };
        if (role == ExecutionWorker)
        {
            // It makes namespaces and control groups for scripts, each under an unprivileged user of its own: docs/deploy.md says what for.
            service.Privileged = true;
            service.User = "0:0";
        }
    }

    public static void DescribeKafka(Service service)
    {
        service.Restart = Restart;
        service.Healthcheck = Check("kafka-broker-api-versions", "--bootstrap-server", $"{Services.Broker}:9092");
    }

    public static void DescribeMongo(Service service)
    {
        service.Restart = Restart;
        service.Healthcheck = Check("mongosh", "--quiet", "--eval", "quit(db.adminCommand('ping').ok ? 0 : 1)");
    }

    private static Healthcheck Check(params string[] command) => new()
    {
        Test = ["CMD", .. command],
        Interval = "10s",
        Timeout = "10s",
        StartPeriod = "30s",
        Retries = 6,
    };
}
