using System.Text;
using Integr8sCode.Executions;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>Runs at start, in the real configuration: scripts that a sandbox must contain.</summary>
internal static class ContainmentTest
{
    private sealed record Check(string Name, string Script, Func<SandboxResult, bool> Holds);

    // Each script says "held" when the sandbox did what it must. Writes put back the value that is there, in case they succeed.
    private static readonly Check[] _checks =
    [
        new("a script runs", "echo held", SaysHeld),
        new("files of the host cannot be read", "ls -d /root /home /boot /run /sys /var/log /etc/shadow /etc/ssh 2>/dev/null | grep -q . || echo held", SaysHeld),
        new("only /tmp and /dev/shm can be written", "for d in / /usr /etc /dev /w /proc /proc/sys/kernel; do (: >$d/x) 2>/dev/null && exit 1; done; : >/tmp/x && echo held", SaysHeld),
        new("/proc/sys cannot be written", "f=/proc/sys/kernel/core_pattern; v=$(cat $f); (echo \"$v\" >$f) 2>/dev/null || echo held", SaysHeld),
        new("there is no network", "[ \"$(grep -c : /proc/net/dev)\" = 1 ] && grep -q ' lo:' /proc/net/dev && echo held", SaysHeld),
        new("processes of the host cannot be seen", "[ \"$(ls -d /proc/[0-9]* | wc -l)\" -le 6 ] && echo held", SaysHeld),
        new("the environment is the sandbox's own", "tr '\\0' '\\n' </proc/1/environ | grep -qvE '^(PATH|HOME|LANG|PWD)=' || echo held", SaysHeld),
        new("no descriptor of the worker is open", "[ \"$(ls /proc/self/fd | wc -l)\" = 4 ] && echo held", SaysHeld),
        new("capabilities and privileges cannot be gained", "grep -qE '^Cap(Inh|Prm|Eff|Bnd|Amb):.*[1-9a-f]' /proc/self/status || grep -q '^NoNewPrivs:.*1' /proc/self/status && echo held", SaysHeld),
        new("the system-call filter is on", "grep -q '^Seccomp:.*2' /proc/self/status && echo held", SaysHeld),
        new("the limit of processes holds", "i=0; while [ $i -lt 400 ]; do sleep 5 & i=$((i+1)); done; echo free", result => !Text(result).Contains("free", StringComparison.Ordinal)),
    ];

    private static readonly Check _memory = new(
        "the limit of memory holds", "head -c 1000000000 /dev/zero | tail -c 900000000 | wc -c", result => result.Outcome is RunOutcome.MemoryLimit);

    /// <summary>Runs every check through <paramref name="run"/>; that of memory only where the machine can bound it.</summary>
    /// <exception cref="SandboxUnavailableException">Something was not contained; the message names it.</exception>
    public static async Task RunAsync(
        Func<SandboxRun, CancellationToken, Task<SandboxResult>> run, SandboxLimits limits, bool boundsMemory, CancellationToken cancellationToken)
    {
        var shell = new Language("sh", "1", "check.sh", limits with { MemoryBytes = 32 << 20, Processes = 64 }, "") { Command = ["/bin/sh"] };
        foreach (var check in boundsMemory ? _checks.Append(_memory) : _checks)
        {
            var result = await run(new SandboxRun(shell, [new SandboxFile(shell.FileName, Encoding.UTF8.GetBytes(check.Script))]), cancellationToken);
            if (!check.Holds(result))
            {
                throw new SandboxUnavailableException($"The containment test failed at '{check.Name}': {result.Error ?? $"{result.Outcome} {Text(result)}".Trim()}");
            }
        }
    }

    private static bool SaysHeld(SandboxResult result) => result.Outcome is RunOutcome.Exited && Text(result) == "held";

    private static string Text(SandboxResult result) => Encoding.UTF8.GetString(result.Stdout.Bytes.Span).Trim();
}
