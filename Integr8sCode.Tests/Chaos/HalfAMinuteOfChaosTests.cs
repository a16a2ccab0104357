namespace Integr8sCode.Chaos;

[Collection(ChaosAlone.Name)]
public sealed class HalfAMinuteOfChaosTests
{
    /// <summary>For starting, half a minute of faults and the recovery, on a busy machine; an idle one needs a good minute.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Half_a_minute_of_random_kills_and_stops_loses_nothing_that_was_accepted()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);

        var (exitCode, table, errors) = await ChaosProcess.RunAsync(limit.Token, "--seed", "1", "--seconds", "30");

        TestContext.Current.TestOutputHelper?.WriteLine(table);
        TestContext.Current.TestOutputHelper?.WriteLine(errors);
        Assert.Contains("each has exactly one terminal event", table, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL", table, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }
}
