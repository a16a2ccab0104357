namespace Integr8sCode.Settings;

/// <summary>The settings as this process knows them.</summary>
/// <param name="changed">Called with each other version, one after the other.</param>
public sealed class CurrentSettings(Action<PlatformSettings> changed)
{
    private volatile PlatformSettings _value = PlatformSettings.Default;

    /// <summary>As the store told them last; the defaults until it has been asked.</summary>
    public PlatformSettings Value => _value;

    public void Show(PlatformSettings settings)
    {
        if (settings.Version != _value.Version)
        {
            _value = settings;
            changed(settings);
        }
    }
}
