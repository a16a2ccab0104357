using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Executions;

/// <summary>A file that lies beside the script.</summary>
public sealed record ExecutionFile
{
    public const int MaxPathBytes = 255;
    public const string Utf8 = "utf-8";
    public const string Base64 = "base64";

    /// <summary>Relative to the script's directory, with forward slashes: at most 255 bytes, without empty, <c>.</c> or <c>..</c> parts.</summary>
    [Required, MaxLength(MaxPathBytes)]
    public string? Path { get; init; }

    [Required]
    public string? Content { get; init; }

    /// <summary>How the content is written: <c>utf-8</c>, also when absent, or <c>base64</c>.</summary>
    [AllowedValues(Utf8, Base64, null), DefaultValue(Utf8)]
    public string? Encoding { get; init; }

    /// <returns>The file's bytes; <see langword="null"/> where the content is not what <see cref="Encoding"/> says.</returns>
    public byte[]? Decode()
    {
        try
        {
            return Content is null ? null : Encoding is Base64 ? Convert.FromBase64String(Content) : System.Text.Encoding.UTF8.GetBytes(Content);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether the path leads to a place below the directory it starts from, and to nothing else.</summary>
    public static bool IsPlain(string path) =>
        System.Text.Encoding.UTF8.GetByteCount(path) is > 0 and <= MaxPathBytes
        && !path.Any(char.IsControl)
        && path.Split('/').All(part => part is not ("" or "." or ".."));
}
