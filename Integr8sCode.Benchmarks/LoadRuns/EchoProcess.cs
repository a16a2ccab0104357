using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>The echo endpoint as a process of its own, with the Api's garbage collector.</summary>
internal sealed class EchoProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Service _service;

    private EchoProcess()
    {
        var port = FreePort.Next();
        Address = new($"http://127.0.0.1:{port}");
        _service = new(
            new ServiceSpec("echo", Environment.ProcessPath!, Address, ["echo", "--port", $"{port}"], new Dictionary<string, string?>
            {
                ["DOTNET_ROOT"] = Programs.DotnetRoot,
                ["DOTNET_gcServer"] = "1",
            }),
            restartCrashed: false,
            (_, _) => { });
    }

    public Uri Address { get; }

    public static async Task<EchoProcess> StartAsync(CancellationToken cancellationToken)
    {
        var echo = new EchoProcess();
        await echo._service.StartAsync(cancellationToken);
        return echo;
    }

    public async ValueTask DisposeAsync() => await _service.StopAsync(StopLimit);
}
