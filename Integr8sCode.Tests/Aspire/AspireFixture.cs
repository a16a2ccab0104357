using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Integr8sCode.Aspire;

/// <summary>
/// One application for all tests of this collection, with volumes of its own. Without a container engine they skip, unless the
/// environment says <c>Integr8sCode__External=true</c> and names a broker, a database and a trace store: CONTRIBUTING.md tells how.
/// </summary>
public sealed class AspireFixture : IAsyncLifetime
{
    /// <summary>Images may have to be pulled first.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(6);

    private static readonly bool IsExternal =
        bool.TryParse(Environment.GetEnvironmentVariable("Integr8sCode__External"), out var isExternal) && isExternal;

    private readonly string _volumes = $"integr8scode-test-{Guid.CreateVersion7():N}";
    private DistributedApplication? _application;
    private AspirePlatform? _platform;
    private string? _problem;

    public async ValueTask InitializeAsync()
    {
        _problem = IsExternal ? null : await ContainerEngine.FindProblemAsync();
        if (_problem is not null)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(StartLimit);
        _application = await BuildAsync(limit.Token);
        await _application.StartAsync(limit.Token);
        foreach (var service in Services.Roles.Append(Services.Backend))
        {
            await _application.ResourceNotifications.WaitForResourceHealthyAsync(service, limit.Token);
        }

        _platform = new(_application, (await _application.GetConnectionStringAsync(Services.Broker, limit.Token))!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
            if (!IsExternal) await ContainerEngine.RemoveVolumesAsync($"{_volumes}-kafka", $"{_volumes}-mongo");
        }
    }

    internal AspirePlatform Join()
    {
        Assert.SkipWhen(_problem is not null, _problem ?? "");
        return _platform!;
    }

    /// <summary>For tests that stop the broker or the database.</summary>
    internal AspirePlatform JoinToStopServers()
    {
        Assert.SkipWhen(IsExternal, "the servers run elsewhere, where nothing stops them");
        return Join();
    }

    private async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Integr8sCode_AppHost>(
            [$"--Integr8sCode:Volumes={_volumes}", $"--Parameters:user-key={AspirePlatform.User}", $"--Parameters:admin-key={AspirePlatform.Admin}"],
            cancellationToken);
        var backend = builder.Resources.OfType<ProjectResource>().Single(project => project.Name == Services.Backend);
        builder.CreateResourceBuilder(backend).WithEnvironment("RateLimits__Enabled", "false");
        return await builder.BuildAsync(cancellationToken);
    }
}
