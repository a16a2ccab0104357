using System.Diagnostics.CodeAnalysis;

namespace Integr8sCode.Notifications;

/// <summary>A channel as a route carries it: <c>in_app</c>, <c>webhook</c> or <c>slack</c>; anything else is a 400 that names <c>channel</c>.</summary>
internal readonly record struct ChannelName(NotificationChannel Value) : IParsable<ChannelName>
{
    private static readonly Dictionary<string, NotificationChannel> Channels =
        Enum.GetValues<NotificationChannel>().ToDictionary(SnakeCase.NameOf);

    public static ChannelName Parse(string s, IFormatProvider? provider) => new(Channels[s]);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ChannelName result)
    {
        var known = Channels.TryGetValue(s ?? "", out var channel);
        result = new(channel);

        return known;
    }
}
