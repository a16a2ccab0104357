using System.Globalization;
using System.Text;
using Integr8sCode.Executions;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// How CPython waits for its script with its start-up done: it imports <c>sitecustomize</c> before it opens the script, and ours waits. The
/// script then runs as in any other interpreter, with no frame of ours below it.
/// </summary>
internal static class ParkedPython
{
    public const string Variable = "PYTHONPATH";
    public const string Folder = "/etc/park";
    public const string FileName = "sitecustomize.py";

    /// <summary>Sent when the script is of another language or sets the environment: the line that a shell reads follows.</summary>
    public const string BecomeShell = "shell\n";

    public static readonly string Script =
        $$"""
        import os, sys, resource

        def read(count):
            data = os.read(0, count)
            if not data:
                os._exit(1)
            return data

        def read_line():
            line = b""
            while not line.endswith(b"\n"):
                line += read(1)
            return line.split()

        def limit(what, value):
            resource.setrlimit(what, (value, value))

        def wait():
            os.environ.pop("{{Variable}}", None)
            if "{{Folder}}" in sys.path:
                sys.path.remove("{{Folder}}")
            os.write(1, b"{{InitScript.Parked}}\n")
            how, *numbers = read_line()
            if how != b"python":
                # Python ignores these two, and what is ignored stays so in the program that takes its place.
                import _signal
                _signal.signal(_signal.SIGPIPE, _signal.SIG_DFL)
                _signal.signal(_signal.SIGXFSZ, _signal.SIG_DFL)
                os.execv("/bin/sh", ["sh", "-c", {{Literal(InitScript.WaitAgain)}}])
            files, size, processes, seconds, length = map(int, numbers)
            words = b""
            while len(words) < length:
                words += read(length - len(words))
            words = [os.fsdecode(word) for word in words.split(b"\0")[:-1]]
            sys.argv[1:] = words
            if hasattr(sys, "orig_argv"):
                sys.orig_argv += words
            limit(resource.RLIMIT_CORE, 0)
            limit(resource.RLIMIT_NOFILE, files)
            limit(resource.RLIMIT_FSIZE, size)
            limit(resource.RLIMIT_NPROC, processes)
            limit(resource.RLIMIT_CPU, seconds)
            os.write(1, b"{{InitScript.Started}}\n")

        wait()
        del sys.modules["resource"], os, sys, resource, read, read_line, limit, wait

        """;

    private const string CacheFolder = "__pycache__";

    // Unchecked: the times of files differ between machines, and nobody changes the source of a worker that runs.
    private const string CompileScript =
        $$"""
        import importlib.util, os, py_compile, sys
        source = "{{Folder}}/{{FileName}}"
        compiled = py_compile.compile(source, "/tmp/compiled", doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        sys.stdout.buffer.write(os.path.basename(importlib.util.cache_from_source(source)).encode() + b"\n" + open(compiled, "rb").read())
        """;

    /// <summary>
    /// Compiles <see cref="Script"/> into the folder that it stands in. A sandbox cannot write there, so each would compile it anew; one whose
    /// interpreter has no compiled form still does.
    /// </summary>
    public static async Task CompileAsync(
        Language language, string folder, Func<SandboxRun, CancellationToken, Task<SandboxResult>> run, CancellationToken cancellationToken)
    {
        var script = new SandboxFile(language.FileName, Encoding.UTF8.GetBytes(CompileScript));
        var result = await run(new SandboxRun(language, [script]), cancellationToken);
        var nameEnd = result.Stdout.Bytes.Span.IndexOf((byte)'\n');
        if (result is not { Outcome: RunOutcome.Exited, ExitCode: 0 } || nameEnd < 0)
        {
            return;
        }
        var name = Encoding.UTF8.GetString(result.Stdout.Bytes.Span[..nameEnd]);
        SlotPlace.MakePassable(Path.Combine(folder, CacheFolder));
        SlotPlace.WriteReadable(Path.Combine(folder, CacheFolder, Path.GetFileName(name)), result.Stdout.Bytes[(nameEnd + 1)..]);
    }

    /// <summary>Whether a sandbox in which this run's language is parked can run it as it is: the environment is fixed by then.</summary>
    public static bool CanStart(SandboxRun run) => run.Environment.Count == 0 && run.Files is [{ } script, ..] && script.Path == run.Language.FileName;

    public static string StartText(SandboxRun run, SandboxLimits limits)
    {
        var words = string.Concat(run.Arguments.Select(argument => argument + '\0'));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"python {limits.OpenFiles} {limits.FileSizeBytes} {limits.Processes + 1} {(int)limits.Cpu.TotalSeconds + 2} {Encoding.UTF8.GetByteCount(words)}\n{words}");
    }

    private static string Literal(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
