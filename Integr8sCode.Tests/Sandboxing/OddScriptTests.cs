using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sandboxing;

/// <summary>Hostile and odd scripts through the real API: each must be told for what it is and harm nobody.</summary>
[Collection<SharedPlatform>]
public sealed class OddScriptTests(ScriptSuite suite) : IClassFixture<ScriptSuite>
{
    public static TheoryData<string> Names => [.. OddScripts.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task A_script_is_told_for_what_it_is(string name)
    {
        var script = OddScripts.All[name];
        Assert.SkipUnless(suite.Languages.Contains(script.Language), $"{script.Language} is not installed here.");

        script.Check(await suite.User.GetEndedAsync(suite.Scripts[name]));
    }

    [Fact]
    public async Task The_neighbours_notice_nothing_and_nothing_is_left()
    {
        foreach (var neighbour in suite.Neighbours)
        {
            OddScripts.Neighbour.Check(await suite.User.GetEndedAsync(neighbour));
        }
        foreach (var script in suite.Scripts.Values)
        {
            await suite.User.GetEndedAsync(script);
        }

        Assert.Equal(suite.Host, ScriptSuite.LookAtHost());
        await Eventually.HoldsAsync(() => WorkerRemains.Of(suite.WorkerId).OnlyWaits);
    }
}
