using System.Diagnostics;
using Integr8sCode.Local;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

/// <summary><c>Integr8sCode.Workers rebuild</c>, as an operator runs it.</summary>
public sealed class RebuildCommandTests : StoreTests
{
    private readonly SqliteTestStores _stores;

    public RebuildCommandTests() : this(new SqliteTestStores())
    {
    }

    private RebuildCommandTests(SqliteTestStores stores) : base(stores) => _stores = stores;

    [Fact]
    public async Task It_tells_what_differs_repairs_it_and_then_has_nothing_more_to_tell()
    {
        var finished = await Stores.Get<IExecutionStore>().FinishedAsync(Noon);
        await Stores.Get<SqliteDatabase>().WriteAsync(
            new("TEST", "damage"),
            session => session.Execute("UPDATE executions SET state = json_set(state, '$.attempts', 7)"),
            Cancellation);

        var (code, output) = await RunAsync("rebuild", "--dry-run");
        Assert.Equal(1, code);
        Assert.Equal($"{finished.Id}  state.attempts: 7 -> 1\n1 executions, 1 different, 0 repaired.\n", output);

        Assert.Equal(0, (await RunAsync("rebuild")).Code);
        Assert.Equal((0, "1 executions, 0 different, 0 repaired.\n"), await RunAsync("rebuild", "--dry-run"));
    }

    [Fact]
    public async Task An_unknown_option_is_refused() => Assert.Equal((2, ""), await RunAsync("rebuild", "--force"));

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_one_line()
    {
        var (code, output, error) = await RunOnAsync("/proc/nowhere/x.db", "rebuild");

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("ConnectionStrings:integr8scode cannot be opened", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var (code, output, _) = await RunOnAsync(_stores.Path, arguments);
        return (code, output);
    }

    private static async Task<(int Code, string Output, string Error)> RunOnAsync(string database, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.Find("Integr8sCode.Workers"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__integr8scode"] = $"Data Source={database}", ["DOTNET_ROOT"] = Programs.DotnetRoot },
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }
}
