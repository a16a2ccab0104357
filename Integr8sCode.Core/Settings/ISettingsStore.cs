namespace Integr8sCode.Settings;

/// <summary>The settings of the installation.</summary>
public interface ISettingsStore
{
    /// <returns><see langword="null"/> while nobody has changed anything.</returns>
    Task<PlatformSettings?> FindAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the settings whose version is the one before; the first to be kept have version 1.</summary>
    /// <returns>False, and nothing changed, where somebody else was faster.</returns>
    Task<bool> SaveAsync(PlatformSettings settings, CancellationToken cancellationToken);
}
