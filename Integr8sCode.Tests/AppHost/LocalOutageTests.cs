using Integr8sCode.Infrastructure;

namespace Integr8sCode.AppHost;

public sealed class LocalOutageTests : OutageScenarios, IAsyncLifetime
{
    private PlatformUnderTest _test = null!;

    private protected override ITestPlatform Platform => new LocalTestPlatform(_test.Platform);

    public async ValueTask InitializeAsync() => _test = await PlatformUnderTest.StartAsync(
        PlatformUnderTest.MainFlowOnly, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _test.DisposeAsync();
}
