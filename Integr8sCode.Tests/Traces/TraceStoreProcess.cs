using System.Diagnostics;
using System.Net.Http.Headers;
using Integr8sCode.Ingest;

namespace Integr8sCode.Traces;

/// <summary>The trace store as the program it is, to be killed or refused as one.</summary>
internal sealed class TraceStoreProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private TraceStoreProcess(Process process) => _process = process;

    public HttpClient Client { get; } = new();
    public int ExitCode => _process.ExitCode;
    public Task<string> Errors { get; private set; } = null!;

    /// <param name="settings">Environment variables, for instance <c>("TraceStore__MaxAge", "1.00:00:00")</c>.</param>
    public static TraceStoreProcess Run(string database, params (string Name, string Value)[] settings)
    {
        // Beside the tests' own output: artifacts/bin/<project>/<configuration>.
        var tests = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(tests.Parent!.Parent!.FullName, "Integr8sCode.TraceStore", tests.Name, "Integr8sCode.TraceStore.dll");
        var start = new ProcessStartInfo("dotnet", program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["TraceStore__Path"] = database;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        return new(process) { Errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) };
    }

    public async Task<TraceStoreProcess> ListeningAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                Client.BaseAddress = new Uri(line[(at + Listening.Length)..].Split('"', ' ')[0]);
                _ = _process.StandardOutput.ReadToEndAsync(); // so that the process never waits for a reader of its log
                return this;
            }
        }

        throw new InvalidOperationException($"The trace store did not start: {await Errors}");
    }

    public async Task<HttpResponseMessage> SendAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(ExportAnswer.ContentType);
        return await Client.PostAsync("/v1/traces", content, TestContext.Current.CancellationToken);
    }

    public Task ExitedAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    /// <summary>As <c>kill -9</c> does: the process gets no chance to write anything more.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return ExitedAsync();
    }

    /// <summary>Asks the process to stop, as a user or an orchestrator does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await ExitedAsync();
        return ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
