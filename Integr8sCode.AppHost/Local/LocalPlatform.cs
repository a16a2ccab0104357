using System.Diagnostics;

namespace Integr8sCode.Local;

/// <summary>The whole system as processes of this machine, listening on the loopback address only.</summary>
internal sealed class LocalPlatform : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ApplicationsFirst = TimeSpan.FromSeconds(3);

    private readonly DataFolder _data;
    private readonly PlatformOptions _options;
    private readonly PlatformPorts _ports;
    private readonly IReadOnlyList<Service> _infrastructure;
    private readonly IReadOnlyList<Service> _applications;

    private LocalPlatform(PlatformOptions options, DataFolder data)
    {
        _options = options;
        _data = data;
        _ports = options.Ports.Resolve();
        Keys = DevKeys.LoadOrCreate(data.Keys);
        var services = new LocalServices(options, _ports, data, Keys);
        _infrastructure = [.. services.Infrastructure().Select(Supervised)];
        _applications = [.. services.Applications().Select(Supervised)];
    }

    public DevKeys Keys { get; }

    public Uri Api => this[Services.Backend].Address;

    public Uri Traces => this[Services.TraceStore].Address;

    public Uri Otlp => new($"http://127.0.0.1:{_ports.Otlp}");

    /// <summary>host:port for a Kafka client.</summary>
    public string Kafka => $"127.0.0.1:{_ports.Kafka}";

    /// <summary>Path of the SQLite database.</summary>
    public string Database => _data.Database;

    public IEnumerable<Service> All => _infrastructure.Concat(_applications);

    public Service this[string name] =>
        All.FirstOrDefault(service => service.Name == name)
        ?? throw new ArgumentException($"no service '{name}'; there are {string.Join(", ", All.Select(service => service.Name))}");

    /// <summary>Takes the data folder and the ports, or says who has them; starts nothing yet.</summary>
    /// <exception cref="PlatformException">The folder or a port is in use, or a program is not built.</exception>
    public static LocalPlatform Create(PlatformOptions options)
    {
        var data = DataFolder.Open(options.DataFolder);
        try
        {
            return new LocalPlatform(options, data);
        }
        catch (PlatformException)
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Starts what the options do not leave out, and returns when all of it is healthy.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await StartAsync(_infrastructure, cancellationToken);
        await StartAsync(_applications, cancellationToken);
    }

    /// <summary>Stops everything within 5 s, those who still have something to say before those who listen.</summary>
    public async Task StopAsync()
    {
        var watch = Stopwatch.StartNew();
        var applications = StopAsync(_applications, StopLimit);
        await Task.WhenAny(applications, Task.Delay(ApplicationsFirst));
        await StopAsync(_infrastructure, StopLimit - watch.Elapsed);
        await applications;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _data.Dispose();
    }

    private Task StartAsync(IEnumerable<Service> services, CancellationToken cancellationToken) =>
        Task.WhenAll(services.Where(service => !_options.Without.Contains(service.Name)).Select(service => service.StartAsync(cancellationToken)));

    private static Task StopAsync(IEnumerable<Service> services, TimeSpan patience) =>
        Task.WhenAll(services.Select(service => service.StopAsync(patience)));

    private Service Supervised(ServiceSpec spec) => new(spec, _options.RestartCrashed, _options.Output);
}
