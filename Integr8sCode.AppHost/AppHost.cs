using System.Globalization;
using Integr8sCode;
using Integr8sCode.Local;
using Microsoft.Extensions.Configuration;

if (args.Contains("--local")) return await LocalMode.RunAsync(args);

var builder = DistributedApplication.CreateBuilder(args);

// Tests pass their own prefix, so a run never meets another run's data or its database password.
var volumes = builder.Configuration["Integr8sCode:Volumes"] ?? "integr8scode";

// ConnectionStrings:kafka and ConnectionStrings:integr8scode then name a broker and a database that run elsewhere.
var isExternal = builder.Configuration.GetValue<bool>("Integr8sCode:External");

// Published, each container has a network of its own, runs as Production, and only the API is reached from outside.
const int ContainerPort = 8080;
var isPublishing = builder.ExecutionContext.IsPublishMode;
builder.AddDockerComposeEnvironment("compose").WithDashboard(dashboard => dashboard.WithHostPort(null));

var kafka = isExternal ? builder.AddConnectionString(Services.Broker) : AddKafka();
var database = isExternal ? builder.AddConnectionString(Services.Database) : AddMongo();

// Nothing waits for Jaeger: a missing trace store must not stop an execution.
var jaeger = Jaeger.Add(builder);

var userKey = AddKey("user-key");
var adminKey = AddKey("admin-key");

var backend = builder.AddProject<Projects.Integr8sCode_Api>(Services.Backend, project => project.ExcludeLaunchProfile = true);
var publicUrl = builder.AddPublicAddress("public-url", "http://localhost:8080", backend.GetEndpoint("http"));

Connect(backend, port: 8080)
    .WithEnvironment("ApiKeys__Seed__0__UserId", "user")
    .WithEnvironment("ApiKeys__Seed__0__Role", "user")
    .WithEnvironment("ApiKeys__Seed__0__Key", userKey)
    .WithEnvironment("ApiKeys__Seed__1__UserId", "admin")
    .WithEnvironment("ApiKeys__Seed__1__Role", "admin")
    .WithEnvironment("ApiKeys__Seed__1__Key", adminKey)
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithSampleScript(userKey.Resource, jaeger.Page)
    .PublishAsDockerComposeService((_, service) => ComposeService.Describe(service));

foreach (var role in Services.Roles) AddWorker(role, builder.Configuration.GetValue($"Integr8sCode:Replicas:{role}", 1));

await builder.Build().RunAsync();
return 0;

// A topic is created by its first use, with this many partitions.
IResourceBuilder<IResourceWithConnectionString> AddKafka()
{
    var kafka = builder.AddKafka(Services.Broker)
        .WithEnvironment("KAFKA_NUM_PARTITIONS", Services.Partitions.ToString(CultureInfo.InvariantCulture))
        .WithDataVolume($"{volumes}-kafka")
        .PublishAsDockerComposeService((_, service) => ComposeService.DescribeKafka(service));
    if (!isPublishing) kafka.WithKafkaUI(ui => ui.WithParentRelationship(kafka).WithExplicitStart());
    return kafka;
}

IResourceBuilder<IResourceWithConnectionString> AddMongo()
{
    var mongo = builder.AddMongoDB("mongo")
        .WithDataVolume($"{volumes}-mongo")
        .PublishAsDockerComposeService((_, service) => ComposeService.DescribeMongo(service));
    if (!isPublishing) mongo.WithMongoExpress(ui => ui.WithExplicitStart());
    return mongo.AddDatabase(Services.Database);
}

// Generated once and kept in the user secrets, so that a key works again after a restart; the dashboard shows it on request.
IResourceBuilder<ParameterResource> AddKey(string name) =>
    builder.AddParameter(name, new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);

void AddWorker(string role, int replicas) =>
    Connect(builder.AddProject<Projects.Integr8sCode_Workers>(role, project => project.ExcludeLaunchProfile = true))
        .WithEnvironment("Worker__Role", role)
        .WithEnvironment("Notifications__PublicUrl", publicUrl)
        .WithReplicas(replicas)
        .WithUrlForEndpoint("http", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
        .PublishAsDockerComposeService((_, service) => ComposeService.DescribeWorker(service, role, replicas));

IResourceBuilder<ProjectResource> Connect(IResourceBuilder<ProjectResource> project, int? port = null)
{
    project
        .WithHttpEndpoint(port, targetPort: isPublishing ? ContainerPort : null, name: "http")
        .WithHttpHealthCheck("/health", endpointName: "http")
        .DisableForwardedHeaders() // Proxies:Trusted says whose word is taken, and Aspire would take everybody's
        .WithEnvironment("JAEGER_OTLP_ENDPOINT", jaeger.Otlp)
        .WithEnvironment("Traces__Url", jaeger.Page)
        .WithEnvironment("Traces__QueryUrl", jaeger.Query)
        .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString)
        .WithReference(kafka)
        .WithReference(database);
    // ExcludeLaunchProfile keeps ports dynamic but also drops the profile's environment, so the AppHost's own is passed on.
    if (!isPublishing) project.WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName);
    // What runs elsewhere has no state here to wait for; every process tries again by itself until it answers.
    return isExternal ? project : project.WaitFor(kafka).WaitFor(database);
}
