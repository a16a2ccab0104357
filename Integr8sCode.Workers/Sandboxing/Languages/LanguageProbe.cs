using System.Text;
using System.Text.RegularExpressions;
using Integr8sCode.Executions;

namespace Integr8sCode.Sandboxing.Languages;

/// <summary>Finds out which of the configured languages run, by asking each for its version and running its example, both in the sandbox.</summary>
internal sealed partial class LanguageProbe(Func<SandboxRun, CancellationToken, Task<SandboxResult>> run, SandboxOptions options)
{
    public async Task<IEnumerable<Language>> ProbeAsync(CancellationToken cancellationToken)
    {
        var installed = options.Languages.Where(entry => File.Exists(entry.Value.Interpreter));
        var probed = await Task.WhenAll(installed.Select(entry => ProbeAsync(entry.Value.Name ?? entry.Key, entry.Value, cancellationToken)));
        return probed.OfType<Language>();
    }

    private async Task<Language?> ProbeAsync(string name, LanguageOptions entry, CancellationToken cancellationToken)
    {
        var asked = new Language(name, "", entry.FileName, entry.Limits(options.Limits), entry.Example) { Command = [entry.Interpreter, .. entry.VersionArguments] };
        var answer = await run(new SandboxRun(asked, []), cancellationToken);
        if (answer.Outcome is not RunOutcome.Exited || VersionPattern.Match(Text(answer.Stdout) + Text(answer.Stderr)) is not { Success: true } version)
        {
            return null;
        }
        var language = asked with
        {
            Version = version.Value,
            Parks = entry.Parks,
            Command = entry.IsCompiled ? [] : [entry.Interpreter, .. entry.Arguments],
            Compile = entry.IsCompiled ? new CompileStep([entry.Interpreter, .. entry.Arguments], entry.CompileEnvironment.AsReadOnly(), options.CompileLimits) : null,
        };
        var example = new SandboxFile(entry.FileName, Encoding.UTF8.GetBytes(entry.Example));
        return await run(new SandboxRun(language, [example]), cancellationToken) is { Outcome: RunOutcome.Exited, ExitCode: 0 } ? language : null;
    }

    private static string Text(CapturedOutput output) => Encoding.UTF8.GetString(output.Bytes.Span);

    [GeneratedRegex(@"\d+(\.\d+){1,2}")]
    private static partial Regex VersionPattern { get; }
}
