using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Integr8sCode.Local;

namespace Integr8sCode.Broker;

/// <summary>The broker's own program, started as local mode starts it.</summary>
internal sealed partial class BrokerProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly Process _process;

    private BrokerProcess(string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(Programs.Find("Integr8sCode.Broker"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ROOT"] = Programs.DotnetRoot },
        })!;
    }

    public int Port { get; private set; }

    public string Bootstrap => $"127.0.0.1:{Port}";

    /// <summary>Starts the broker and returns once it has said that it is ready.</summary>
    public static async Task<BrokerProcess> StartAsync(int port, string topics, CancellationToken cancellationToken)
    {
        var broker = new BrokerProcess(["--port", $"{port}", "--topics", topics]);
        var line = await broker._process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Limit, cancellationToken);
        var ready = ReadyLine().Match(line ?? await broker._process.StandardError.ReadToEndAsync(cancellationToken));
        Assert.True(ready.Success, line);
        broker.Port = int.Parse(ready.Groups["port"].Value, CultureInfo.InvariantCulture);
        return broker;
    }

    /// <summary>Runs the broker with arguments that it refuses.</summary>
    public static async Task<(int ExitCode, string[] Lines)> RefusedAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var broker = new BrokerProcess(arguments);
        var lines = await broker._process.StandardError.ReadToEndAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        return (await broker.WaitForExitAsync(cancellationToken), lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Send(Signal signal) => _process.Send(signal);

    /// <summary>Stops the broker in its tracks, until it is told to continue.</summary>
    public async Task SuspendAsync(CancellationToken cancellationToken)
    {
        Send(Signal.Stop);
        // "State:	T (stopped)": the kernel stops its threads some time after the signal was sent
        while (!File.ReadAllText($"/proc/{_process.Id}/status").Contains("T (stopped)", StringComparison.Ordinal))
            await Task.Delay(1, cancellationToken);
    }

    public bool IsBlocked(Signal signal, string thread)
    {
        var tasks = new DirectoryInfo($"/proc/{_process.Id}/task").EnumerateDirectories();
        var task = tasks.Single(task => File.ReadAllText($"{task}/comm").Trim() == thread);
        // "SigBlk:	fffffffe7ffbfeff": bit n is signal n + 1
        var mask = File.ReadLines($"{task}/status").Single(line => line.StartsWith("SigBlk:", StringComparison.Ordinal))["SigBlk:".Length..];
        return (ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> ((int)signal - 1) & 1) == 1;
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Send(Signal.Kill);
        _process.Dispose();
    }

    [GeneratedRegex(@"^broker ready on 127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex ReadyLine();
}
