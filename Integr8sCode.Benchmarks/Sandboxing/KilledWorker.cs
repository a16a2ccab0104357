using System.Diagnostics;
using System.Globalization;
using Integr8sCode.LoadRuns;

namespace Integr8sCode.Sandboxing;

/// <summary>A worker in a process of its own, with a script in every slot, that gets SIGKILL.</summary>
internal static class KilledWorker
{
    /// <summary>The argument that makes this program be one.</summary>
    public const string Role = "victim";

    private const string Ready = "every slot runs a script";
    private const string Script = "(setsid sleep 9 &); sleep 9";
    private const int ScriptProcesses = 2;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs until it is killed.</summary>
    public static async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        await using var sandbox = await BenchmarkedSandbox.StartAsync(cancellationToken);
        var running = Task.WhenAll(Enumerable.Range(0, sandbox.Slots).Select(_ => sandbox.RunAsync("bash", Script, Preparation.Sandbox, cancellationToken)));
        while (!running.IsCompleted && Descendants(Environment.ProcessId).Count(IsSleeper) < sandbox.Slots * ScriptProcesses)
        {
            await Task.WhenAny(running, Task.Delay(10, cancellationToken));
        }
        Console.WriteLine(Ready);
        await running;
        return 1;
    }

    /// <summary>From the signal until none of the processes below the worker is alive.</summary>
    /// <exception cref="LoadException">The worker did not come up, or a process outlived it for half a minute.</exception>
    public static async Task<TimeSpan> KillAsync(CancellationToken cancellationToken)
    {
        using var worker = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. OwnArguments(), "sandbox", Role]) { RedirectStandardOutput = true })!;
        while (await worker.StandardOutput.ReadLineAsync(cancellationToken) is { } line && line != Ready)
        {
        }
        var descendants = Descendants(worker.Id);
        if (descendants is [])
        {
            throw new LoadException("The worker to be killed ran no script.");
        }
        var watch = Stopwatch.StartNew();
        worker.Kill();
        while (descendants.Any(IsAlive))
        {
            if (watch.Elapsed > _patience)
            {
                throw new LoadException("A process of a killed worker is still alive.");
            }
            await Task.Delay(1, cancellationToken);
        }
        return watch.Elapsed;
    }

    private static string[] OwnArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(KilledWorker).Assembly.Location] : [];

    private static bool IsSleeper(int processId) => Read(processId, "comm") == "sleep\n";

    private static List<int> Descendants(int processId)
    {
        List<int> children = [.. Threads(processId)
            .SelectMany(thread => Read(processId, $"task/{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        return [.. children, .. children.SelectMany(Descendants)];
    }

    private static IEnumerable<string?> Threads(int processId) =>
        Directory.Exists($"/proc/{processId}/task") ? Directory.GetDirectories($"/proc/{processId}/task").Select(Path.GetFileName) : [];

    // A dead process that nobody has waited for yet is a zombie; what is left of it is its number.
    private static bool IsAlive(int processId)
    {
        var stat = Read(processId, "stat");
        return stat is not "" && stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
    }

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
