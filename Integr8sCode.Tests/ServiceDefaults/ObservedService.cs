using System.Diagnostics;
using Integr8sCode.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.ServiceDefaults;

/// <summary>A small service with the defaults of every process, and a receiver of what it exports.</summary>
internal sealed class ObservedService : IAsyncDisposable
{
    /// <summary>Stands for the code of a feature: it has the name of our source.</summary>
    public static readonly ActivitySource Source = new("Integr8sCode");

    /// <summary>The name of this assembly, because the host loads it.</summary>
    public const string Name = "Integr8sCode.Tests";

    private readonly WebApplication _app;

    private ObservedService(WebApplication app, OtlpReceiver receiver)
    {
        _app = app;
        Receiver = receiver;
    }

    public OtlpReceiver Receiver { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>A client that adds nothing to the traces: no spans of its own and no traceparent but the one a test gives.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    /// <summary>Starts it; in the value of a setting, {http} and {grpc} stand for the addresses of the receiver.</summary>
    public static Task<ObservedService> StartAsync(Action<WebApplication> map, params (string Name, string Value)[] settings) =>
        StartAsync(_ => { }, map, settings);

    public static async Task<ObservedService> StartAsync(
        Action<WebApplicationBuilder> configure, Action<WebApplication> map, params (string Name, string Value)[] settings)
    {
        var receiver = await OtlpReceiver.StartAsync(TestContext.Current.CancellationToken);
        var builder = CreateBuilder(receiver, settings);
        configure(builder);
        var app = builder.Build();
        var service = new ObservedService(app, receiver);
        app.MapDefaultEndpoints();
        map(app);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await service.DisposeAsync(); // a provider left behind would hear the next test
            throw;
        }
        service.Client.BaseAddress = new Uri(app.Urls.Single());
        return service;
    }

    public ILogger Logger(string category) => Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    /// <summary>Sends one GET, whatever becomes of it.</summary>
    public async Task GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the service, which flushes, and returns every span it has exported.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> StopAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        return Receiver.Spans;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    private static WebApplicationBuilder CreateBuilder(OtlpReceiver receiver, (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = Name, EnvironmentName = "Production" });
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.HttpEndpoint;
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value
                .Replace("{http}", receiver.HttpEndpoint, StringComparison.Ordinal)
                .Replace("{grpc}", receiver.GrpcEndpoint, StringComparison.Ordinal);
        }
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        return builder;
    }
}
