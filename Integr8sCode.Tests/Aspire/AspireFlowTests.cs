using Integr8sCode.AppHost;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Aspire;

[Collection<SharedApplication>]
public sealed class AspireFlowTests(AspireFixture fixture) : FlowScenarios
{
    private protected override ITestPlatform Platform => fixture.Join();
}
