using Integr8sCode.Settings;

namespace Integr8sCode.Mongo;

/// <param name="Id">There is one document.</param>
internal sealed record SettingsDocument(string Id, long Version, PlatformSettings Settings)
{
    public const string OnlyId = "settings";

    public static SettingsDocument Of(PlatformSettings settings) => new(OnlyId, settings.Version, settings);
}
