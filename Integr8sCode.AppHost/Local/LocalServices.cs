namespace Integr8sCode.Local;

/// <summary>The system without containers: what AppHost.cs is for Aspire.</summary>
internal sealed class LocalServices(PlatformOptions options, PlatformPorts ports, DataFolder data, DevKeys keys)
{
    private string Kafka => $"127.0.0.1:{ports.Kafka}";

    private Uri Traces => Http(ports.Traces);

    public IReadOnlyList<ServiceSpec> Infrastructure() => [Broker(), TraceStore()];

    public IReadOnlyList<ServiceSpec> Applications() => [.. Backends(), .. Services.Roles.SelectMany(Workers)];

    private ServiceSpec Broker() =>
        Spec(Services.Broker, Services.Broker, "Integr8sCode.Broker", new Uri($"tcp://{Kafka}"), []) with
        {
            Arguments =
            [
                "--port", $"{ports.Kafka}",
                "--topics", string.Join(',', Services.Topics.Select(topic => $"{topic}:{Services.Partitions}")),
            ],
        };

    private ServiceSpec TraceStore() =>
        Spec(Services.TraceStore, Services.TraceStore, "Integr8sCode.TraceStore", Traces, new()
        {
            ["ASPNETCORE_URLS"] = $"{Traces};{Http(ports.Otlp)}",
            ["TraceStore__Path"] = data.Traces,
            ["OTEL_TRACES_EXPORTER"] = "none", // it would tell itself about what it was told
        });

    // The first keeps the name and the port; a balancer, or a test, asks the others as well.
    private IEnumerable<ServiceSpec> Backends() =>
        Enumerable.Range(1, options.Replicas.GetValueOrDefault(Services.Backend, 1)).Select(number => number == 1
            ? Backend(Services.Backend, ports.Api)
            : Backend($"{Services.Backend}-{number}", FreePort.Next()));

    private ServiceSpec Backend(string name, int port) =>
        Application(name, Services.Backend, "Integr8sCode.Api", port, new()
        {
            ["ApiKeys__Seed__0__UserId"] = "user",
            ["ApiKeys__Seed__0__Role"] = "user",
            ["ApiKeys__Seed__0__Key"] = keys.User,
            ["ApiKeys__Seed__1__UserId"] = "admin",
            ["ApiKeys__Seed__1__Role"] = "admin",
            ["ApiKeys__Seed__1__Key"] = keys.Admin,
        });

    private IEnumerable<ServiceSpec> Workers(string role)
    {
        var replicas = options.Replicas.GetValueOrDefault(role, 1);
        return Enumerable.Range(1, replicas).Select(number => Application(
            replicas == 1 ? role : $"{role}-{number}", role, "Integr8sCode.Workers", FreePort.Next(), new() { ["Worker__Role"] = role }));
    }

    private ServiceSpec Application(string name, string service, string project, int port, Dictionary<string, string?> environment) =>
        Spec(name, service, project, Http(port), new(environment)
        {
            ["ASPNETCORE_URLS"] = $"{Http(port)}",
            ["ConnectionStrings__kafka"] = Kafka,
            // The mock broker never answers a waiting fetch early, and knows the new group protocol without its long rebalances.
            ["Kafka__FetchWaitMax"] = "00:00:00.005",
            ["Kafka__GroupProtocol"] = "Consumer",
            [$"ConnectionStrings__{Services.Database}"] = $"Data Source={data.Database}",
            // Receivers on this machine, which has no users but its own.
            ["Notifications__AllowedHosts__0"] = "127.0.0.1",
            ["Notifications__AllowedHosts__1"] = "localhost",
            ["Notifications__PublicUrl"] = $"{Http(ports.Api)}".TrimEnd('/'),
            ["Traces__Url"] = $"{Traces}".TrimEnd('/'),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{Http(ports.Otlp)}".TrimEnd('/'),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            // A trace store that restarts or has no room for a moment gets the spans later, as with Aspire, which sets the same.
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
            ["OTEL_METRICS_EXPORTER"] = "none",
            ["OTEL_LOGS_EXPORTER"] = "none",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
            // The spans of a burst wait for the trace store, which has the same processors, instead of being dropped.
            ["OTEL_BSP_MAX_QUEUE_SIZE"] = "32768",
            ["OTEL_BSP_MAX_EXPORT_BATCH_SIZE"] = "2048",
        });

    private ServiceSpec Spec(string name, string service, string project, Uri address, Dictionary<string, string?> environment)
    {
        environment["OTEL_SERVICE_NAME"] = service;
        environment["DOTNET_ROOT"] = Programs.DotnetRoot;
        // All start at once on few processors: what is compiled again, to be faster later, waits until nothing new was called for 2 s (hexadecimal ms).
        environment["DOTNET_TC_CallCountingDelayMs"] = "7d0";
        environment["DOTNET_ENVIRONMENT"] = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Development";
        // Only we ask for health here, often while a service starts, and its answer names what is wrong.
        environment["Logging__LogLevel__Microsoft.Extensions.Diagnostics.HealthChecks"] = "None";
        foreach (var variable in options.Variables.Where(variable => variable.Service is null || variable.Service == service))
            environment[variable.Name] = variable.Value;
        return new ServiceSpec(name, Programs.Find(project), address, [], environment);
    }

    private static Uri Http(int port) => new($"http://127.0.0.1:{port}");
}
