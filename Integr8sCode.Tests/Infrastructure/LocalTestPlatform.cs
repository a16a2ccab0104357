using Integr8sCode.Local;

namespace Integr8sCode.Infrastructure;

internal sealed class LocalTestPlatform(LocalPlatform platform) : ITestPlatform
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public Uri Api => platform.Api;

    public Uri Traces => platform.Traces;

    public string Kafka => platform.Kafka;

    public string UserKey => platform.Keys.User;

    public string AdminKey => platform.Keys.Admin;

    public Task StopAsync(string service) => platform[service].StopAsync(Patience);

    public Task StartAsync(string service) => platform[service].StartAsync(TestContext.Current.CancellationToken);
}
