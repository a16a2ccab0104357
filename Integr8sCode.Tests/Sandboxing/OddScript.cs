using System.Text.Json.Nodes;

namespace Integr8sCode.Sandboxing;

/// <summary>A script that is sent to the API and what must be told of it.</summary>
internal sealed record OddScript(string Language, string Script, string Outcome)
{
    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    /// <summary>Exactly.</summary>
    public string? Stdout { get; init; }

    /// <summary>Somewhere in it.</summary>
    public string? Stderr { get; init; }

    public string? Stdin { get; init; }

    public object? Limits { get; init; }

    public Dictionary<string, string>? Env { get; init; }

    /// <summary>The stream that must have been cut.</summary>
    public string? Cut { get; init; }

    public object Request => new { script = Script, language = Language, stdin = Stdin, limits = Limits, env = Env };

    public string Status => Outcome switch
    {
        "exited" or "signaled" or "compile_error" => "completed",
        "timeout" => "timeout",
        _ => "failed",
    };

    public void Check(JsonNode ended)
    {
        Assert.Equal((Outcome, Status), (Of("outcome"), Of("status")));
        Assert.Equal(Outcome.EndsWith("_limit", StringComparison.Ordinal) ? "resource_limit" : null, Of("error_type"));
        Assert.Equal(Stdout ?? Of("stdout"), Of("stdout"));
        Assert.Contains(Stderr ?? "", Of("stderr"), StringComparison.Ordinal);
        Assert.Equal(ExitCode ?? (int?)ended["exit_code"], (int?)ended["exit_code"]);
        Assert.Equal(Signal, (int?)ended["signal"]);
        Assert.Equal(1, (int)ended["attempts"]!);
        Assert.Equal(Cut is "stdout", (bool)ended["stdout_truncated"]!);
        Assert.Equal(Cut is "stderr", (bool)ended["stderr_truncated"]!);

        string? Of(string field) => (string?)ended[field];
    }
}
