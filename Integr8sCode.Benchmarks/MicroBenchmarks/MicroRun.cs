using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Integr8sCode.MicroBenchmarks;

/// <summary>The BenchmarkDotNet classes of this project, each beside the feature it measures.</summary>
internal static class MicroRun
{
    // In this process: BenchmarkDotNet would otherwise build a project of its own for each class, which takes longer than measuring it.
    private static readonly Job Short = Job.ShortRun.WithIterationCount(12).WithToolchain(InProcessEmitToolchain.Instance);

    public static int Run(string[] options)
    {
        var config = DefaultConfig.Instance.AddJob(Short).AddDiagnoser(MemoryDiagnoser.Default);
        var summaries = BenchmarkSwitcher
            .FromAssembly(typeof(MicroRun).Assembly)
            .Run(options is [] ? ["--filter", "*"] : options, config);
        return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
    }
}
