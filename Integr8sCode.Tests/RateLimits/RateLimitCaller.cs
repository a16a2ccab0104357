using System.Diagnostics;
using System.Globalization;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.RateLimits;

/// <summary>Another process that takes from the same counters: this test program again, running only <see cref="RateLimitCallerProgram"/>.</summary>
internal sealed class RateLimitCaller : IDisposable
{
    public const string ConnectionVariable = "INTEGR8SCODE_TEST_LIMITS_CONNECTION";
    public const string NameVariable = "INTEGR8SCODE_TEST_LIMITS_NAME";

    private readonly Process _process;
    private readonly string _prefix;

    private RateLimitCaller(Process process, string prefix) => (_process, _prefix) = (process, prefix);

    public bool IsReady => File.Exists(ReadyFile(_prefix));

    /// <param name="connection">Of the store.</param>
    /// <param name="prefix">Of the files by which the processes talk; beside the <see cref="GoFile"/>.</param>
    public static RateLimitCaller Start(string connection, string prefix)
    {
        var start = TestProgram.Of<RateLimitCallerProgram>();
        start.Environment[ConnectionVariable] = connection;
        start.Environment[NameVariable] = prefix;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return new(process, prefix);
    }

    /// <summary>How many of its requests passed: of the window, and of the bucket.</summary>
    public async Task<(int Window, int Bucket)> ReadPassedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        var passed = (await File.ReadAllTextAsync(PassedFile(_prefix), cancellationToken)).Split(' ');
        return (int.Parse(passed[0], CultureInfo.InvariantCulture), int.Parse(passed[1], CultureInfo.InvariantCulture));
    }

    public static string ReadyFile(string prefix) => $"{prefix}.ready";

    public static string PassedFile(string prefix) => $"{prefix}.passed";

    /// <summary>Everybody begins when it is there.</summary>
    public static string GoFile(string folder) => Path.Combine(folder, "go");

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
