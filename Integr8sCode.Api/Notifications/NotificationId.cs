using System.Diagnostics.CodeAnalysis;

namespace Integr8sCode.Notifications;

/// <summary>A notification's id as a route carries it; anything but a UUID is a 400 that names <c>id</c>.</summary>
internal readonly record struct NotificationId(Guid Value) : IParsable<NotificationId>
{
    public static NotificationId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out NotificationId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new(value);

        return parsed;
    }
}
