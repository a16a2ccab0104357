using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Transfers;

/// <summary>
/// <c>export</c> writes what the store keeps to standard output, <c>import</c> reads that from standard input into the store that
/// <c>ConnectionStrings:integr8scode</c> names. Ends with 0, or with 1 and a sentence on standard error.
/// </summary>
internal static class TransferCommand
{
    public const string Export = "export";
    public const string Import = "import";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [Export or Import])
        {
            await Console.Error.WriteLineAsync($"Usage: {Export} > file.ndjson, or {Import} < file.ndjson");
            return 2;
        }

        try
        {
            using var host = Build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            await host.StartAsync();
            var report = await RunAsync(arguments[0], host.Services);
            await host.StopAsync(CancellationToken.None);
            await Console.Error.WriteLineAsync(report.ToString());
            return 0;
        }
        catch (Exception error) when (error is TransferException or OptionsValidationException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (JsonException error)
        {
            await Console.Error.WriteLineAsync($"The export cannot be read: {error.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped; running it again goes on.");
            return 1;
        }
    }

    private static IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders(); // the output is the export; what fails is told on standard error
        builder.AddStorage();
        return builder.Build();
    }

    private static async Task<TransferReport> RunAsync(string command, IServiceProvider services)
    {
        var stop = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        if (command == Import)
        {
            await using var input = Console.OpenStandardInput();
            return await new StoreImport(AllTransfers.Of(services)).RunAsync(input, stop);
        }

        await using var output = new BufferedStream(Console.OpenStandardOutput());
        return await new StoreExport(AllTransfers.Of(services)).RunAsync(output, stop);
    }
}
