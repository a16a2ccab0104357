using System.Diagnostics;
using Integr8sCode.Local;

namespace Integr8sCode.Client;

/// <summary><c>integr8s</c> as a person starts it.</summary>
internal sealed class CommandProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _errors;

    public CommandProcess(LocalPlatform platform, string stdin, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(Programs.Find("Integr8sCode.Cli"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ROOT"] = Programs.DotnetRoot, ["INTEGR8S_URL"] = platform.Api.ToString(), ["INTEGR8S_KEY"] = platform.Keys.User },
        })!;
        _process.StandardInput.Write(stdin);
        _process.StandardInput.Close();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public void Send(Signal signal) => _process.Send(signal);

    /// <summary>The next line, as soon as it comes.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Limit, cancellationToken);

    /// <returns>How it ended, and what of its output was not read yet.</returns>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync(CancellationToken cancellationToken)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        return (_process.ExitCode, output, await _errors.WaitAsync(Limit, cancellationToken));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
