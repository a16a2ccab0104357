using System.Globalization;

namespace Integr8sCode;

/// <summary>Reads query strings: they are bound as text, so that each wrong value is answered with its name.</summary>
internal static class QueryText
{
    public const string ExpectedCursor = "The next_cursor of an earlier page.";

    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;
    private const string ExpectedTime = "An RFC 3339 time, for example 2026-01-31T12:00:00Z.";

    private static readonly string ExpectedLimit = $"A number from 1 to {MaxLimit}.";

    /// <returns>The value; <see langword="null"/> where there is none, or a wrong one, which is then among the errors.</returns>
    public static T? Read<T>(this Dictionary<string, string[]> errors, string? text, string name, string expected, Func<string, T?> parse)
        where T : struct
    {
        var value = text is null ? null : parse(text);
        if (text is not null && value is null)
        {
            errors[name] = [expected];
        }

        return value;
    }

    public static int ReadLimit(this Dictionary<string, string[]> errors, string? text) =>
        errors.Read(text, "limit", ExpectedLimit, ParseLimit) ?? DefaultLimit;

    public static Guid? ReadCursor(this Dictionary<string, string[]> errors, string? text) => errors.Read(text, "cursor", ExpectedCursor, ParseId);

    public static DateTimeOffset? ReadTime(this Dictionary<string, string[]> errors, string? text, string name) =>
        errors.Read(text, name, ExpectedTime, ParseTime);

    /// <summary>The member of that name, in any case; numbers are no names.</summary>
    public static T? ParseName<T>(string text) where T : struct, Enum =>
        text is [var first, ..] && char.IsAsciiLetter(first) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : null;

    public static Guid? ParseId(string text) => Guid.TryParseExact(text, "D", out var id) ? id : null;

    public static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static int? ParseLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit ? limit : null;
}
