using Integr8sCode.Infrastructure;

namespace Integr8sCode.AppHost;

[Collection<SharedPlatform>]
public sealed class LocalFlowTests(PlatformFixture fixture) : FlowScenarios
{
    private protected override ITestPlatform Platform { get; } = new LocalTestPlatform(fixture.Join());
}
