namespace Integr8sCode.Client;

/// <summary>A file that lies beside the script.</summary>
/// <param name="Path">Relative to the script's directory, with forward slashes.</param>
/// <param name="Content">As <paramref name="Encoding"/> says.</param>
/// <param name="Encoding"><c>utf-8</c>, also when absent, or <c>base64</c>.</param>
public sealed record SubmissionFile(string Path, string Content, string? Encoding = null);
