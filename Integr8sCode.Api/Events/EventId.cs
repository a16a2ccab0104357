using System.Diagnostics.CodeAnalysis;

namespace Integr8sCode.Events;

/// <summary>An event's id as a route carries it; anything but a UUID is a 400 that names <c>id</c>.</summary>
internal readonly record struct EventId(Guid Value) : IParsable<EventId>
{
    public static EventId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EventId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new(value);

        return parsed;
    }
}
