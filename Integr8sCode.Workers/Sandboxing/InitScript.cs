using System.Globalization;
using System.Text;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// The shell that is process 1 of a sandbox. It says <see cref="Parked"/>, waits for one line - how to start the script - and does what the
/// line says; what follows on its standard input is the script's. When the worker dies, the wait ends and with it the sandbox.
/// </summary>
internal static class InitScript
{
    public const string Parked = "parked";
    public const string Started = "started";

    public static readonly string[] Command = ["/bin/sh", "-c", "n='\n'; echo parked; IFS= read -r line && eval \"$line\"", "init"];

    /// <summary>The line that starts a script. Limits are set here, inside, where they count only this sandbox.</summary>
    public static string StartLine(IEnumerable<string> command, IReadOnlyDictionary<string, string> environment, SandboxLimits limits)
    {
        var line = new StringBuilder();
        foreach (var limit in Limits(limits))
        {
            line.Append(limit).Append(" || exit 125; ");
        }
        foreach (var (name, value) in environment)
        {
            line.Append(CultureInfo.InvariantCulture, $"export {name}={Quote(value)}; ");
        }
        // The script gets the real stderr; what the shell itself would say about its end goes nowhere.
        line.Append(CultureInfo.InvariantCulture, $"exec 7>&2 2>/dev/null; echo {Started}; ");
        line.Append(CultureInfo.InvariantCulture, $"(exec {string.Join(' ', command.Select(Quote))} 2>&7 7>&-); exit $?\n");
        return line.ToString();
    }

    private static IEnumerable<string> Limits(SandboxLimits limits)
    {
        yield return "ulimit -c 0";
        yield return string.Create(CultureInfo.InvariantCulture, $"ulimit -n {limits.OpenFiles}");
        yield return string.Create(CultureInfo.InvariantCulture, $"ulimit -f {limits.FileSizeBytes / 512}");
        // dash calls the limit of processes -p, bash -u. This shell is one of the processes.
        yield return string.Create(CultureInfo.InvariantCulture, $"ulimit -u {limits.Processes + 1} 2>/dev/null || ulimit -p {limits.Processes + 1}");
        // For each process; the worker watches the sum and is quicker.
        yield return string.Create(CultureInfo.InvariantCulture, $"ulimit -t {(int)limits.Cpu.TotalSeconds + 2}");
    }

    // The line must stay one line, and nothing but a quote means anything within single quotes.
    private static string Quote(string text) =>
        $"'{text.Replace("'", "'\\''", StringComparison.Ordinal).Replace("\n", "'\"$n\"'", StringComparison.Ordinal)}'";
}
