using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Integr8sCode.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Integr8sCode.Aspire;

/// <summary>The platform that AppHost.cs describes: projects as processes, the rest in containers.</summary>
internal sealed class AspirePlatform(DistributedApplication application, string kafka) : ITestPlatform
{
    public const string Mongo = "mongo";
    public const string User = "i8s_users-key-of-the-platform-under-aspire";
    public const string Admin = "i8s_admins-key-of-the-platform-under-aspire";

    public Uri Api => application.GetEndpoint(Services.Backend, "http");

    public Uri Traces => application.Services.GetRequiredService<IConfiguration>()["Traces:Url"] is { } elsewhere
        ? new(elsewhere)
        : application.GetEndpoint("jaeger", "ui");

    public string Kafka => kafka;

    public string UserKey => User;

    public string AdminKey => Admin;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task StopAsync(string service) => CommandAsync(service, KnownResourceCommands.StopCommand);

    public async Task StartAsync(string service)
    {
        await CommandAsync(service, KnownResourceCommands.StartCommand);
        // Until it has started it counts as stopped, which must not end the wait.
        await application.ResourceNotifications.WaitForResourceHealthyAsync(service, WaitBehavior.WaitOnResourceUnavailable, Stop);
    }

    private async Task CommandAsync(string service, string command)
    {
        var result = await application.ResourceCommands.ExecuteCommandAsync(service, command, Stop);
        Assert.True(result.Success, result.Message);
    }
}
