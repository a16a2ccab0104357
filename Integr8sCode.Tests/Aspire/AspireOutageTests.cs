using Integr8sCode.AppHost;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Aspire;

[Collection<SharedApplication>]
public sealed class AspireOutageTests(AspireFixture fixture) : OutageScenarios
{
    private protected override ITestPlatform Platform => fixture.JoinToStopServers();

    [Fact]
    public Task Nothing_accepted_is_lost_when_the_database_goes_and_comes_back() => NothingIsLostAsync(AspirePlatform.Mongo);
}
