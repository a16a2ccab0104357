namespace Integr8sCode.Chaos;

public sealed class ChaosTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--seconds", "4", "--seconds must be a number from 5 to 3600, not '4'")]
    [InlineData("--seconds", "", "--seconds must be a number from 5 to 3600, not ''")]
    [InlineData("--seed", "x", "--seed must be a number from 0 to 2147483647, not 'x'")]
    [InlineData("--hours", "1", "unknown argument '--hours'")]
    public async Task A_wrong_argument_starts_nothing_and_is_named(string name, string value, string message)
    {
        var (exitCode, table, errors) = await ChaosProcess.RunAsync(Stop, name, value);

        Assert.Equal((2, ""), (exitCode, table));
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }
}
