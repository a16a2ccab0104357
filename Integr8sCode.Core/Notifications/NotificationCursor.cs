using System.Globalization;

namespace Integr8sCode.Notifications;

/// <summary>A place in the order in which notifications were kept.</summary>
public readonly record struct NotificationCursor(DateTimeOffset CreatedAt, Guid Id)
{
    public static NotificationCursor Of(Notification notification) => new(notification.CreatedAt, notification.Id);

    /// <summary>As text that callers pass back; they need not understand it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.UtcTicks:x}-{Id:N}");

    public static NotificationCursor? Parse(string text) =>
        text.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var time)
        && time >= 0 && time <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParseExact(id, "N", out var parsed)
            ? new(new(time, TimeSpan.Zero), parsed)
            : null;
}
