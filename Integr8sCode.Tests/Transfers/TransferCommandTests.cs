using Integr8sCode.Executions;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;

namespace Integr8sCode.Transfers;

/// <summary><c>Integr8sCode.Workers export</c> and <c>import</c>, as an operator runs them.</summary>
public sealed class TransferCommandTests() : StoreTests(new SqliteTestStores())
{
    [Fact]
    public async Task What_one_writes_the_other_reads()
    {
        await using var target = new SqliteTestStores();
        var execution = await FullStore.FinishedAsync(Stores);

        var (exported, lines, _) = await TransferProcess.RunAsync(Stores.ConnectionString, "", "export");
        var (imported, output, report) = await TransferProcess.RunAsync(target.ConnectionString, lines, "import");

        Assert.Equal((0, 0, "", "execution: 1\n"), (exported, imported, output, report));
        Assert.NotNull(await target.Get<IExecutionStore>().FindAsync(execution, Cancellation));
    }

    [Fact]
    public async Task A_line_that_is_no_json_is_named()
    {
        var (code, _, error) = await TransferProcess.RunAsync(Stores.ConnectionString, """{"kind":"header","format":"integr8scode","version":1}""" + "\nnonsense\n", "import");

        Assert.Equal(1, code);
        Assert.StartsWith("The export cannot be read: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_one_line()
    {
        var (code, _, error) = await TransferProcess.RunAsync("Data Source=/proc/nowhere/x.db", "", "export");

        Assert.Equal(1, code);
        Assert.StartsWith("ConnectionStrings:integr8scode cannot be opened", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task An_unknown_option_is_refused() => Assert.Equal(2, (await TransferProcess.RunAsync(Stores.ConnectionString, "", "export", "--force")).Code);
}
