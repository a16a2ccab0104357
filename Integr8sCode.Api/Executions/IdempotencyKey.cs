namespace Integr8sCode.Executions;

/// <summary>The <c>Idempotency-Key</c> header: 1 to 128 visible ASCII characters, unique for a user.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 128;

    /// <returns>False for a malformed or repeated header; true with <see langword="null"/> where there is none.</returns>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        var values = request.Headers[Header];
        key = values.Count == 1 ? values[0] : null;

        return values.Count == 0 || (key is { Length: > 0 and <= MaxLength } && key.All(c => c is > ' ' and <= '~'));
    }
}
