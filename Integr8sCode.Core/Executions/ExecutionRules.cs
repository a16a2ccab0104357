using System.Text;

namespace Integr8sCode.Executions;

/// <summary>The bounds of a request, wherever it comes from: the API answers 400 with them, and a message outside them is a dead letter.</summary>
public static class ExecutionRules
{
    private const int LongestEscape = 6;

    /// <returns>
    /// What is wrong, by field; empty when all is well. What came from outside may hold null where none is declared. Whether the language
    /// exists is not asked here.
    /// </returns>
    public static IEnumerable<(string Field, string Message)> FindErrors(ExecutionRequest request) =>
    [
        .. FindScriptErrors(request), .. FindArgumentErrors(request.Args), .. FindTimeoutErrors(request), .. FindVariableErrors(request.Env),
        .. ExecutionFiles.FindErrors(request.Files), .. FindSizeErrors(request),
    ];

    // Escapes count, of which text can have any number, so what is within each bound may still be more than a message holds.
    private static IEnumerable<(string Field, string Message)> FindSizeErrors(ExecutionRequest request)
    {
        if (MostJsonBytes(request) > ExecutionRequest.MaxJsonBytes
            && CompactJson.Write(request, CoreJson.Default.ExecutionRequest).Length is > ExecutionRequest.MaxJsonBytes and var length)
        {
            yield return ("body", $"As JSON this has {length} bytes; at most {ExecutionRequest.MaxJsonBytes}. Content in base64 has no escapes.");
        }
    }

    private static int MostJsonBytes(ExecutionRequest request) => LongestEscape * (
        Length(request.Script) + Length(request.Stdin) + request.Args.Sum(Length) + request.Env.Sum(pair => pair.Key.Length + Length(pair.Value))
        + request.Files.Sum(file => Length(file?.Path) + Length(file?.Content)));

    private static int Length(string? text) => text?.Length ?? 0;

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
