using Integr8sCode.Chaos;
using Integr8sCode.Fuzzing;
using Integr8sCode.LoadRuns;
using Integr8sCode.MicroBenchmarks;
using Integr8sCode.Sandboxing;

return args switch
{
    ["load", .. var parts] => await LoadRun.RunAsync(parts),
    ["sampling"] => await SampleAsync(SampledFailuresRun.DefaultExecutions),
    ["sampling", var count] when int.TryParse(count, out var executions) && executions >= 100 => await SampleAsync(executions),
    ["sandbox", KilledWorker.Role] => await KilledWorker.ServeAsync(CancellationToken.None),
    ["sandbox", .. var parts] => await SandboxBenchmark.RunAsync(parts, CancellationToken.None),
    ["fuzz", .. var options] => await FuzzRun.RunAsync(options),
    ["micro", .. var options] => MicroRun.Run(options),
    ["chaos", .. var options] => await ChaosRun.RunAsync(options),
    ["echo", "--port", var port] when ushort.TryParse(port, out var number) => await EchoServer.RunAsync(number),
    [] or ["--help" or "-h", ..] => ShowUsage(),
    _ => Refuse(args[0]),
};

static Task<int> SampleAsync(int executions) =>
    LoadRun.MeasureAsync((report, stop) => SampledFailuresRun.RunAsync(executions, report, stop), TimeSpan.FromHours(1));

static int ShowUsage()
{
    Console.WriteLine(
        $"""
        Integr8sCode.Benchmarks load [{string.Join(" | ", LoadRun.Parts)}]...
            Starts the platform as processes and measures it: all of it, or the parts that are named. Exit code 1 when a target is missed.
        Integr8sCode.Benchmarks sampling [EXECUTIONS]
            Runs {SampledFailuresRun.DefaultExecutions} executions, or as many as asked for from 100, at 5 % sampling: are the traces of those that fail whole?
        Integr8sCode.Benchmarks fuzz [--seed N] [--count 20000] [--only N]
            Sends generated requests to every route. Exit code 1 at a 5xx, a hang, or a 4xx that is not problem+json.
        Integr8sCode.Benchmarks micro [options of BenchmarkDotNet]
            Measures single operations: all of them, or those of --filter '*Headers*'.
        Integr8sCode.Benchmarks sandbox [{string.Join(" | ", SandboxBenchmark.Parts)}]...
            Measures the sandbox against bare interpreters and plain bubblewrap, and how soon all is gone when a worker is killed. Exit code 1 when a target is missed.
        Integr8sCode.Benchmarks chaos [--seed N] [--seconds N]
            Kills, terminates and stops services at random under a steady load. Exit code 1 when something accepted is lost, doubled or left behind.
        Integr8sCode.Benchmarks echo --port N
            The bare Kestrel endpoint that the load run compares with.
        """);
    return 0;
}

static int Refuse(string argument)
{
    Console.Error.WriteLine($"error: unknown or incomplete argument '{argument}'; --help shows what there is");
    return 2;
}
