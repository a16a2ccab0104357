using System.Globalization;

namespace Integr8sCode;

/// <summary>What stands after <c>integr8s run</c>.</summary>
internal sealed record RunOptions
{
    public string? File { get; private set; }
    public string? Language { get; private set; }
    public string? Version { get; private set; }
    public double? TimeoutSeconds { get; private set; }
    public bool TakesStdin { get; private set; } = true;
    public string? Priority { get; private set; }

    /// <summary>Whether it is told where the time went, which takes a second or two: to people, and to who asks for it.</summary>
    public bool TellsTrace { get; private set; } = !Console.IsErrorRedirected;
    public Uri? Url { get; private set; }
    public string? Key { get; private set; } = Environment.GetEnvironmentVariable("INTEGR8S_KEY");
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <returns>What is wrong, in a line; <see langword="null"/> when all is well.</returns>
    public static string? Read(string[] args, out RunOptions options)
    {
        options = new();
        var rest = new Queue<string>(args);
        string? error = null;
        while (error is null && rest.TryDequeue(out var arg))
        {
            error = options.Take(arg, rest);
        }

        return error ?? options.Complete();
    }

    private string? Take(string arg, Queue<string> rest)
    {
        switch (arg)
        {
            case "--":
                Arguments = [.. rest];
                rest.Clear();
                return null;
            case "--no-stdin":
                TakesStdin = false;
                return null;
            case "--trace":
                TellsTrace = true;
                return null;
            case "--quiet" or "-q":
                TellsTrace = false;
                return null;
            case ['-', '-', ..]:
                return rest.TryDequeue(out var value) ? Take(arg, value) : $"{arg} needs a value";
            default:
                return (File, File = arg) is (null, _) ? null : "one file at a time; arguments of the script stand behind --";
        }
    }

    private string? Take(string option, string value)
    {
        switch (option)
        {
            case "--language":
                Language = value;
                return null;
            case "--version":
                Version = value;
                return null;
            case "--priority":
                Priority = value;
                return null;
            case "--key":
                Key = value;
                return null;
            case "--url":
                return ReadUrl(value, option);
            case "--timeout" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds):
                TimeoutSeconds = seconds;
                return null;
            case "--timeout":
                return $"--timeout: '{value}' is no number of seconds";
            default:
                return $"unknown option '{option}'; --help shows what there is";
        }
    }

    private string? Complete() =>
        File is null ? "which file? integr8s run FILE"
        : !System.IO.File.Exists(File) ? $"there is no file '{File}'"
        : string.IsNullOrEmpty(Key) ? "no API key: give --key or set INTEGR8S_KEY"
        : Url is null ? ReadUrl(Environment.GetEnvironmentVariable("INTEGR8S_URL") ?? "http://127.0.0.1:8080", "INTEGR8S_URL")
        : null;

    private string? ReadUrl(string text, string name)
    {
        Url = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") ? url : null;

        return Url is null ? $"{name}: '{text}' is no http address" : null;
    }
}
