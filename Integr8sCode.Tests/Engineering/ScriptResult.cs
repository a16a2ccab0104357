namespace Integr8sCode.Engineering;

internal sealed record ScriptResult(int ExitCode, string Output, string Error)
{
    public string LastLine => Output[(Output.LastIndexOf('\n') + 1)..];
}
