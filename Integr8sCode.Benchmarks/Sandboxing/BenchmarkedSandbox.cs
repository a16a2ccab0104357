using System.Diagnostics;
using System.Text;
using Integr8sCode.Executions;
using Integr8sCode.LoadRuns;
using Integr8sCode.Sandboxing.Languages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Sandboxing;

/// <summary>The sandbox of an execution-worker, in this process and with nothing around it.</summary>
internal sealed class BenchmarkedSandbox : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly SandboxPool _pool;

    private BenchmarkedSandbox(IHost host)
    {
        _host = host;
        _pool = host.Services.GetRequiredService<SandboxPool>();
    }

    public int Slots => _pool.Slots;

    /// <exception cref="LoadException">This machine cannot run it; the message says why.</exception>
    public static async Task<BenchmarkedSandbox> StartAsync(CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new($"{SandboxOptions.Section}:{nameof(SandboxOptions.FirstUserId)}", "300000")]);
        builder.Services.AddSandbox();
        var sandbox = new BenchmarkedSandbox(builder.Build());
        await sandbox._host.StartAsync(cancellationToken);
        try
        {
            await sandbox._pool.Ready.WaitAsync(cancellationToken);
            return sandbox;
        }
        catch (SandboxUnavailableException exception)
        {
            await sandbox.DisposeAsync();
            throw new LoadException(exception.Message);
        }
    }

    /// <summary>From handing the script over to its result, in a slot that was rented before.</summary>
    public async Task<TimeSpan> RunAsync(string language, string script, Preparation preparation, CancellationToken cancellationToken)
    {
        await using var slot = await _pool.RentAsync(cancellationToken);
        var run = Prepare(Script(language, script), preparation);
        var watch = Stopwatch.StartNew();
        var result = await slot.RunAsync(run, cancellationToken);
        return result is { Outcome: RunOutcome.Exited, ExitCode: 0 } ? watch.Elapsed : throw new LoadException($"{language}: {result.Outcome} {result.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static SandboxRun Prepare(SandboxRun run, Preparation preparation) => preparation switch
    {
        // A parked interpreter has its environment already.
        Preparation.Sandbox => run with { Environment = new Dictionary<string, string> { ["TZ"] = "UTC" } },
        // The size of /tmp is fixed when a sandbox is prepared, so another one needs another sandbox.
        Preparation.None => run with { Limits = run.Limits with { TemporaryDiskBytes = run.Limits.TemporaryDiskBytes / 2 } },
        _ => run,
    };

    private SandboxRun Script(string name, string script)
    {
        var language = _host.Services.GetRequiredService<LanguageCatalog>().Find(name, version: null) ?? throw new LoadException($"{name} is not installed");
        return new SandboxRun(language, [new SandboxFile(language.FileName, Encoding.UTF8.GetBytes(script))]);
    }
}
