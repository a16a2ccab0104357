using System.Diagnostics;
using System.Globalization;
using System.Text;
using Integr8sCode.Sandboxing.Languages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Sandboxing;

/// <summary>A host that has nothing but the sandbox, with user ids and a directory of its own.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private static int _hosts;

    private readonly IHost _host;

    private SandboxHost(IHost host, string directory, int firstUserId)
    {
        _host = host;
        Folder = directory;
        FirstUserId = firstUserId;
    }

    /// <summary>Why no sandbox can run on this machine, or null.</summary>
    public static string? MissingPart { get; } =
        !File.Exists("/usr/bin/bwrap") ? "bubblewrap is not installed"
        : !CanMakeNamespaces() ? "this machine does not allow user namespaces"
        : null;

    public string Folder { get; }

    public int FirstUserId { get; }

    public bool HasCgroup => Pool.Cgroups is { BoundsMemory: true };

    public SandboxPool Pool => _host.Services.GetRequiredService<SandboxPool>();

    public LanguageCatalog Catalog => _host.Services.GetRequiredService<LanguageCatalog>();

    public IServiceProvider Services => _host.Services;

    public static async Task<SandboxHost> StartAsync(Dictionary<string, string?> settings)
    {
        var firstUserId = 1_000_000 + (Environment.ProcessId % 8_000 * 1_000) + (Interlocked.Increment(ref _hosts) * 20);
        var directory = Directory.CreateTempSubdirectory("sandbox-tests-").FullName;
        SlotPlace.MakePassable(directory);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sandbox:Slots"] = "4",
            ["Sandbox:FirstUserId"] = firstUserId.ToString(CultureInfo.InvariantCulture),
            ["Sandbox:Directory"] = directory,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSandbox();
        var host = builder.Build();
        var started = new SandboxHost(host, directory, firstUserId);
        try
        {
            await host.StartAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public Task<SandboxResult> RunAsync(string language, string script) => RunAsync(language, script, run => run);

    public async Task<SandboxResult> RunAsync(string language, string script, Func<SandboxRun, SandboxRun> change)
    {
        await using var slot = await Pool.RentAsync(TestContext.Current.CancellationToken);
        return await slot.RunAsync(change(Script(language, script)), TestContext.Current.CancellationToken);
    }

    public SandboxRun Script(string language, string script)
    {
        var found = Catalog.Find(language, version: null);
        if (found is null)
        {
            Assert.Skip($"{language} is not installed");
        }
        return new SandboxRun(found, [new SandboxFile(found.FileName, Encoding.UTF8.GetBytes(script))]);
    }

    /// <summary>Processes on the machine that run as a user of this host's slots. Dead ones that the machine's init has not buried yet do not count.</summary>
    public List<int> SandboxProcesses() => ProcessesOf(FirstUserId);

    public static List<int> ProcessesOf(int firstUserId) => [.. Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(id => IsOf(id, firstUserId))];

    public IEnumerable<string> CommandLines() => SandboxProcesses().Select(id =>
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return "";
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static bool IsOf(int processId, int firstUserId)
    {
        try
        {
            var status = File.ReadLines($"/proc/{processId}/status").Select(line => line.Split('\t')).ToDictionary(words => words[0], words => words[1]);
            var userId = int.Parse(status["Uid:"], CultureInfo.InvariantCulture);
            return !status["State:"].StartsWith('Z') && userId >= firstUserId && userId < firstUserId + 20;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool CanMakeNamespaces()
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/bwrap", ["--unshare-all", "--ro-bind", "/", "/", "/bin/true"]) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
