using System.Diagnostics;
using System.Globalization;
using Integr8sCode.LoadRuns;

namespace Integr8sCode.Sandboxing;

/// <summary>Measures the sandbox against bare interpreters and against plain bubblewrap, interleaved in one run on the same machine.</summary>
internal static class SandboxBenchmark
{
    private const string Python = "/usr/bin/python3";
    private const string Node = "/usr/bin/node";
    private const string PythonHello = "print('hello')";
    private const int WarmUps = 5;
    private const int Count = 50;
    private const int ThroughputRuns = 400;
    private const int ThroughputRounds = 3;
    private const int Kills = 5;

    // The next sandbox is prepared meanwhile; what is measured is a user who comes now and then.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(60);

    // One process after the other in each of the loops, as many loops as the sandbox has slots.
    private const string BubblewrapLoop =
        """
        loop() { i=0; while [ $i -lt "$2" ]; do bwrap --unshare-all --die-with-parent --ro-bind / / --proc /proc --dev /dev --tmpfs /tmp \
            /usr/bin/python3 -s -c "print('hello')" >/dev/null; i=$((i+1)); done; }
        n=0; while [ $n -lt "$1" ]; do loop "$1" "$2" & n=$((n+1)); done; wait
        """;

    private static readonly OrderedDictionary<string, Func<BenchmarkedSandbox, LoadReport, CancellationToken, Task>> _parts = new()
    {
        ["latency"] = MeasureLatencyAsync,
        ["throughput"] = MeasureThroughputAsync,
        ["kill"] = MeasureKillAsync,
    };

    public static IEnumerable<string> Parts => _parts.Keys;

    /// <summary>Runs the named parts, or all.</summary>
    /// <returns>0 when every target is met, 1 when one is missed or the sandbox cannot run, 2 for an unknown part.</returns>
    public static async Task<int> RunAsync(string[] parts, CancellationToken cancellationToken)
    {
        if (parts.FirstOrDefault(part => !_parts.ContainsKey(part)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"error: unknown part '{unknown}'; known are {string.Join(", ", Parts)}");
            return 2;
        }
        var report = new LoadReport();
        try
        {
            await using var sandbox = await BenchmarkedSandbox.StartAsync(cancellationToken);
            foreach (var part in Parts.Where(part => parts is [] || parts.Contains(part)))
            {
                await _parts[part](sandbox, report, cancellationToken);
            }
        }
        catch (LoadException failure)
        {
            await Console.Error.WriteLineAsync($"error: {failure.Message}");
            return 1;
        }
        report.Write(Console.Out);
        return report.IsMet ? 0 : 1;
    }

    private static async Task MeasureLatencyAsync(BenchmarkedSandbox sandbox, LoadReport report, CancellationToken cancellationToken)
    {
        (string Name, Func<Task<TimeSpan>> Run)[] cases =
        [
            ($"{Python} -I -c pass", () => BareProcess.RunAsync(Python, ["-I", "-c", "pass"], cancellationToken)),
            ("python hello, parked", () => sandbox.RunAsync("python", PythonHello, Preparation.Interpreter, cancellationToken)),
            ("python hello, not parked", () => sandbox.RunAsync("python", PythonHello, Preparation.Sandbox, cancellationToken)),
            ("python hello, no sandbox prepared", () => sandbox.RunAsync("python", PythonHello, Preparation.None, cancellationToken)),
            ($"{Node} -e 0", () => BareProcess.RunAsync(Node, ["-e", "0"], cancellationToken)),
            ("node hello", () => sandbox.RunAsync("node", "console.log('hello')", Preparation.Interpreter, cancellationToken)),
        ];
        var durations = cases.Select(_ => new List<TimeSpan>()).ToList();
        for (var round = -WarmUps; round < Count; round++)
        {
            for (var index = 0; index < cases.Length; index++)
            {
                await Task.Delay(_pause, cancellationToken);
                var duration = await cases[index].Run();
                if (round >= 0)
                {
                    durations[index].Add(duration);
                }
            }
            report.Progress.Show("latency", (round + 1.0) / Count, $"{round + 1} of {Count}");
        }
        Report(report, [.. cases.Select(each => each.Name)], [.. durations.Select(each => new Samples(each, 0, each.Aggregate((sum, next) => sum + next)))]);
    }

    private static void Report(LoadReport report, string[] names, Samples[] samples)
    {
        report.AddPart($"sandbox: from script to result, one after the other, {Count} times");
        foreach (var (name, each) in names.Zip(samples))
        {
            report.Add(name, each);
        }
        var (python, node) = (samples[0].MedianMilliseconds, samples[4].MedianMilliseconds);
        report.Add(Target.AtMost("python hello, parked, in bare python starts", samples[1].MedianMilliseconds / python, 1));
        report.Add(Target.AtMost("python hello, not parked, in bare python starts", samples[2].MedianMilliseconds / python, 2));
        report.AddNote(string.Create(CultureInfo.InvariantCulture, $"without a prepared sandbox: {samples[3].MedianMilliseconds / python:0.00} bare python starts"));
        report.Add(Target.AtMost("node hello, in bare node starts", samples[5].MedianMilliseconds / node, 2));
    }

    private static async Task MeasureThroughputAsync(BenchmarkedSandbox sandbox, LoadReport report, CancellationToken cancellationToken)
    {
        var (bare, ours) = (Samples.None, Samples.None);
        await RunAllAsync(sandbox, cancellationToken); // a worker runs for days; its first second, in which code is compiled, is another question
        for (var round = 0; round < ThroughputRounds; round++)
        {
            var each = ThroughputRuns / sandbox.Slots;
            var elapsed = await BareProcess.RunAsync(
                "/bin/sh", ["-c", BubblewrapLoop, "loop", sandbox.Slots.ToString(CultureInfo.InvariantCulture), each.ToString(CultureInfo.InvariantCulture)], cancellationToken);
            bare = bare.And(new([.. Enumerable.Repeat(elapsed / each, each * sandbox.Slots)], 0, elapsed));
            ours = ours.And(await RunAllAsync(sandbox, cancellationToken));
            report.Progress.Show("throughput", (round + 1.0) / ThroughputRounds, $"{bare.Rate:0} and {ours.Rate:0} a second");
        }
        report.AddPart($"sandbox: {ThroughputRuns} python hellos, {sandbox.Slots} at a time, {ThroughputRounds} rounds");
        report.Add("plain bwrap from a shell loop", bare);
        report.Add("sandbox", ours);
        report.Add(Target.AtLeast("throughput, in that of plain bwrap", ours.Rate / bare.Rate, 0.8));
    }

    private static async Task MeasureKillAsync(BenchmarkedSandbox sandbox, LoadReport report, CancellationToken cancellationToken)
    {
        var durations = new List<TimeSpan>();
        for (var kill = 1; kill <= Kills; kill++)
        {
            durations.Add(await KilledWorker.KillAsync(cancellationToken));
            report.Progress.Show("kill", (double)kill / Kills, $"{kill} of {Kills}");
        }
        await (await BenchmarkedSandbox.StartAsync(cancellationToken)).DisposeAsync(); // removes the groups and files that the last one left
        var samples = new Samples(durations, 0, durations.Aggregate((sum, next) => sum + next));
        report.AddPart($"sandbox: from SIGKILL of a worker with {sandbox.Slots} scripts to the last of their processes, {Kills} times");
        report.Add("killed worker", samples);
        report.Add(Target.AtMost("milliseconds until a killed worker's scripts are gone, median", samples.MedianMilliseconds, 100));
    }

    private static async Task<Samples> RunAllAsync(BenchmarkedSandbox sandbox, CancellationToken cancellationToken)
    {
        var durations = new TimeSpan[ThroughputRuns];
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ThroughputRuns),
            new ParallelOptions { MaxDegreeOfParallelism = sandbox.Slots, CancellationToken = cancellationToken },
            async (index, token) => durations[index] = await sandbox.RunAsync("python", PythonHello, Preparation.Interpreter, token));
        return new(durations, 0, watch.Elapsed);
    }
}
