using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Notifications;

/// <summary>The list's query string, as text so that each wrong value is answered with its name.</summary>
internal sealed record NotificationQuery(
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "channel")] string? Channel,
    [FromQuery(Name = "severity")] string? Severity,
    [FromQuery(Name = "include_tag")] string[]? IncludeTags,
    [FromQuery(Name = "exclude_tag")] string[]? ExcludeTags,
    [FromQuery(Name = "tag_prefix")] string? TagPrefix,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "limit")] string? Limit)
{
    public Dictionary<string, string[]> Validate(string userId, out NotificationFilter filter)
    {
        var errors = new Dictionary<string, string[]>();
        Check("include_tag", AreTags(IncludeTags), NotificationTags.Expected);
        Check("exclude_tag", AreTags(ExcludeTags), NotificationTags.Expected);
        Check("tag_prefix", TagPrefix is null || NotificationTags.IsTag(TagPrefix), NotificationTags.Expected);
        filter = new(
            userId,
            errors.Read(Status, "status", NamesOf<NotificationStatus>(), ParseName<NotificationStatus>),
            errors.Read(Channel, "channel", NamesOf<NotificationChannel>(), ParseName<NotificationChannel>),
            errors.Read(Severity, "severity", NamesOf<NotificationSeverity>(), ParseName<NotificationSeverity>),
            IncludeTags,
            ExcludeTags,
            TagPrefix,
            errors.Read(Cursor, "cursor", QueryText.ExpectedCursor, NotificationCursor.Parse),
            errors.ReadLimit(Limit));

        return errors;

        void Check(string name, bool holds, string expected)
        {
            if (!holds)
            {
                errors[name] = [expected];
            }
        }
    }

    private static bool AreTags(string[]? tags) => tags is null || (tags.Length <= NotificationTags.MaxCount && tags.All(NotificationTags.IsTag));

    private static string NamesOf<T>() where T : struct, Enum => $"{string.Join(", ", Enum.GetValues<T>().Select(SnakeCase.NameOf))}.";

    private static T? ParseName<T>(string text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>().Where(value => SnakeCase.NameOf(value) == text))
        {
            return value;
        }

        return null;
    }
}
