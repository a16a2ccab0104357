using System.Diagnostics;
using Integr8sCode.Executions;
using Integr8sCode.Local;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;

namespace Integr8sCode.Transfers;

/// <summary><c>Integr8sCode.Workers export</c> and <c>import</c>, as an operator runs them.</summary>
public sealed class TransferCommandTests : StoreTests
{
    private readonly SqliteTestStores _stores;

    public TransferCommandTests() : this(new SqliteTestStores())
    {
    }

    private TransferCommandTests(SqliteTestStores stores) : base(stores) => _stores = stores;

    [Fact]
    public async Task What_one_writes_the_other_reads()
    {
        await using var target = new SqliteTestStores();
        var execution = await FullStore.FinishedAsync(_stores);

        var (exported, lines, _) = await RunAsync(_stores.Path, "", "export");
        var (imported, output, report) = await RunAsync(target.Path, lines, "import");

        Assert.Equal((0, 0, "", "execution: 1\n"), (exported, imported, output, report));
        Assert.NotNull(await target.Get<IExecutionStore>().FindAsync(execution, Cancellation));
    }

    [Fact]
    public async Task A_line_that_is_no_json_is_named()
    {
        var (code, _, error) = await RunAsync(_stores.Path, """{"kind":"header","format":"integr8scode","version":1}""" + "\nnonsense\n", "import");

        Assert.Equal(1, code);
        Assert.StartsWith("The export cannot be read: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_one_line()
    {
        var (code, _, error) = await RunAsync("/proc/nowhere/x.db", "", "export");

        Assert.Equal(1, code);
        Assert.StartsWith("ConnectionStrings:integr8scode cannot be opened", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task An_unknown_option_is_refused() => Assert.Equal(2, (await RunAsync(_stores.Path, "", "export", "--force")).Code);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string database, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.Find("Integr8sCode.Workers"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__integr8scode"] = $"Data Source={database}", ["DOTNET_ROOT"] = Programs.DotnetRoot },
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.StandardInput.WriteAsync(input.AsMemory(), Cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }
}
