using System.Text;

namespace Integr8sCode.Executions;

/// <summary>The bounds of a request, wherever it comes from: the API answers 400 with them, and a message outside them is a dead letter.</summary>
public static class ExecutionRules
{
    /// <returns>
    /// What is wrong, by field; empty when all is well. What came from outside may hold null where none is declared. Whether the language
    /// exists is not asked here.
    /// </returns>
    public static IEnumerable<(string Field, string Message)> FindErrors(ExecutionRequest request) =>
    [
        .. FindScriptErrors(request), .. FindArgumentErrors(request.Args), .. FindTimeoutErrors(request), .. FindVariableErrors(request.Env),
        .. ExecutionFiles.FindErrors(request.Files),
    ];

    private static IEnumerable<(string Field, string Message)> FindScriptErrors(ExecutionRequest request)
    {
        if (string.IsNullOrEmpty(request.Script))
        {
            yield return ("script", "A script is required.");
        }
        else if (!Fits(request.Script, ExecutionRequest.MaxScriptBytes))
        {
            yield return ("script", TooLong(ExecutionRequest.MaxScriptBytes));
        }

        if (string.IsNullOrWhiteSpace(request.Language))
        {
            yield return ("language", "A language is required.");
        }

        if (!Fits(request.Stdin, ExecutionRequest.MaxStdinBytes))
        {
            yield return ("stdin", TooLong(ExecutionRequest.MaxStdinBytes));
        }
    }

    private static IEnumerable<(string Field, string Message)> FindArgumentErrors(IReadOnlyList<string?> args)
    {
        if (args.Count > ExecutionRequest.MaxArgs)
        {
            yield return ("args", $"At most {ExecutionRequest.MaxArgs} arguments.");
        }

        foreach (var (index, arg) in args.Take(ExecutionRequest.MaxArgs).Index())
        {
            if (FindTextError(arg, "An argument", ExecutionRequest.MaxArgBytes) is { } error)
            {
                yield return ($"args[{index}]", error);
            }
        }
    }

    private static IEnumerable<(string Field, string Message)> FindTimeoutErrors(ExecutionRequest request)
    {
        if (request.TimeoutSeconds is not (null or (>= 1 and <= ExecutionRequest.MaxTimeoutSeconds)))
        {
            yield return ("timeout_seconds", $"From 1 to {ExecutionRequest.MaxTimeoutSeconds} seconds.");
        }

        if (request is { TimeoutSeconds: not null, Limits.TimeoutSeconds: not null })
        {
            yield return ("limits.timeout_seconds", "Give timeout_seconds here or outside of limits, not both.");
        }
    }

    private static IEnumerable<(string Field, string Message)> FindVariableErrors(IReadOnlyDictionary<string, string> variables)
    {
        if (variables.Count > ExecutionRequest.MaxEnv)
        {
            yield return ("env", $"At most {ExecutionRequest.MaxEnv} variables.");
        }

        foreach (var (name, value) in variables)
        {
            if (FindTextError(value, "A value", ExecutionRequest.MaxEnvBytes) is { } error)
            {
                yield return ($"env.{name}", error);
            }
        }
    }

    private static string? FindTextError(string? text, string what, int bytes) => text switch
    {
        null => $"{what} must be a string.",
        _ when text.Contains('\0') => $"{what} cannot contain a NUL character.",
        _ when !Fits(text, bytes) => TooLong(bytes),
        _ => null,
    };

    private static bool Fits(string? text, int bytes) => text is null || Encoding.UTF8.GetByteCount(text) <= bytes;

    private static string TooLong(int bytes) => $"At most {bytes} bytes of UTF-8.";
}
