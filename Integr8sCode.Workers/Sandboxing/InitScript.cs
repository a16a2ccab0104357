using System.Globalization;
using System.Text;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// The shell that is process 1 of a sandbox, and its child that becomes the script. The child says <see cref="Parked"/>, waits for one line -
/// how to start the script - and does what the line says; what follows on its standard input is the script's. When the worker dies, the wait
/// ends and with it the sandbox.
/// </summary>
internal static class InitScript
{
    public const string Parked = "parked";
    public const string Started = "started";

    private const string WaitForLine = "IFS= read -r line && eval \"$line\"";

    /// <summary>Process 1. What it would say about its child's end goes nowhere; the script has the real stderr.</summary>
    public static string[] Command(Language? parked)
    {
        var wait = parked is null
            ? $"echo {Parked}; {WaitForLine}"
            : $"{ParkedPython.Variable}={ParkedPython.Folder} exec {string.Join(' ', parked.Command.Append($"/w/{parked.FileName}").Select(Quote))}";

        return ["/bin/sh", "-c", $"{NewLine}; exec 7>&2 2>/dev/null; (exec 2>&7 7>&-; {wait}); exit $?", "init"];
    }

    /// <summary>What a parked interpreter becomes when the script is not for it: the same wait, in a shell.</summary>
    public static string WaitAgain => $"{NewLine}; {WaitForLine}";

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
        line.Append(CultureInfo.InvariantCulture, $"echo {Started}; exec {string.Join(' ', command.Select(Quote))}\n");
        return line.ToString();
    }

    private const string NewLine = "n='\n'";

    private static IEnumerable<string> Limits(SandboxLimits limits)
    {
        yield return "ulimit -c 0";
        yield return string.Create(CultureInfo.InvariantCulture, $"ulimit -n {limits.OpenFiles}");
        yield return string.Create(CultureInfo.InvariantCulture, $"ulimit -f {limits.FileSizeBytes / 512}");
        // dash calls the limit of processes -p, bash -u. Process 1 is one of them.
        yield return string.Create(CultureInfo.InvariantCulture, $"ulimit -u {limits.Processes + 1} 2>/dev/null || ulimit -p {limits.Processes + 1}");
        // For each process; the worker watches the sum and is quicker.
        yield return string.Create(CultureInfo.InvariantCulture, $"ulimit -t {(int)limits.Cpu.TotalSeconds + 2}");
    }

    // The line must stay one line, and nothing but a quote means anything within single quotes.
    private static string Quote(string text) =>
        $"'{text.Replace("'", "'\\''", StringComparison.Ordinal).Replace("\n", "'\"$n\"'", StringComparison.Ordinal)}'";
}
