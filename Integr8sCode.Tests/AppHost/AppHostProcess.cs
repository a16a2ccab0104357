using System.Diagnostics;
using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

/// <summary>The AppHost's own program in local mode on free ports, as a person starts it.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _summary = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _errors;
    private readonly Task<string> _output;

    private AppHostProcess(string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(Programs.Find("Integr8sCode.AppHost"), ["--local", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ROOT"] = Programs.DotnetRoot },
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
        _output = ReadAsync();
    }

    public static AppHostProcess Start(string data, params string[] more) =>
        new(["--data", data, "--api-port", "0", "--trace-port", "0", "--otlp-port", "0", "--kafka-port", "0", .. more]);

    /// <summary>The processes it has started and that are still there.</summary>
    public IReadOnlyList<int> Children() => LinuxProcess.ChildrenOf(_process.Id);

    /// <summary>What it prints when everything is healthy: services, keys and the first command to try.</summary>
    public async Task<string> SummaryAsync(CancellationToken cancellationToken)
    {
        var first = await Task.WhenAny(_summary.Task, _errors).WaitAsync(Limit, cancellationToken);
        return first == _summary.Task ? await _summary.Task : throw new InvalidOperationException(await _errors + await _output);
    }

    public void Send(Signal signal) => _process.Send(signal);

    public async Task<(int ExitCode, string Errors)> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        return (_process.ExitCode, await _errors.WaitAsync(Limit, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Send(Signal.Kill);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        var text = "";
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            text += $"{line}\n";
            if (line.Contains("curl ", StringComparison.Ordinal)) _summary.TrySetResult(text);
        }
        return text;
    }
}
