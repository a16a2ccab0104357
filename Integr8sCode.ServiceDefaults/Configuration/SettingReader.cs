using Microsoft.Extensions.Configuration;

namespace Integr8sCode.Configuration;

/// <summary>Reads environment settings. What is wrong is collected, so that the process names every wrong variable at once.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    public delegate bool TryParse<T>(string text, out T value);

    public List<string> Errors { get; } = [];

    /// <summary>The first of <paramref name="names"/> that is set; blank counts as not set.</summary>
    public string? Text(params ReadOnlySpan<string> names) => Find(names)?.Text;

    /// <summary>As <see cref="Text"/>, parsed; <paramref name="fallback"/> when nothing is set or the value is wrong.</summary>
    public T Read<T>(T fallback, string expected, TryParse<T> tryParse, params ReadOnlySpan<string> names)
    {
        if (Find(names) is not var (name, text)) return fallback;
        if (tryParse(text, out var value)) return value;
        var error = $"{name} is '{text}', but must be {expected}.";
        if (!Errors.Contains(error)) Errors.Add(error); // three signals read the common variables
        return fallback;
    }

    private (string Name, string Text)? Find(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (configuration[name]?.Trim() is { Length: > 0 } text) return (name, text);
        }
        return null;
    }
}
