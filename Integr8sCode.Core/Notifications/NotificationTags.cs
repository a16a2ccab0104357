using System.Buffers;

namespace Integr8sCode.Notifications;

/// <summary>What a tag looks like: <c>failed</c>, <c>language:python</c>, <c>exec:0199...</c>.</summary>
public static class NotificationTags
{
    public const int MaxCount = 20;
    public const int MaxLength = 100;

    public const string Expected = "At most 20 tags of 1 to 100 letters, digits, and : . _ - each.";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:._-");

    public static bool IsTag(string? text) => text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Allowed);
}
