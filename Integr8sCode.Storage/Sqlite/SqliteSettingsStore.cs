using System.Text.Json;
using Integr8sCode.Settings;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteSettingsStore(SqliteDatabase database) : ISettingsStore
{
    private static readonly StoreCall Finding = new("SELECT", "settings");
    private static readonly StoreCall Saving = new("UPDATE", "settings");

    public Task<PlatformSettings?> FindAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find("SELECT settings FROM settings", row => row.ReadJson(0, CoreJson.Default.PlatformSettings)),
            cancellationToken);

    public Task<bool> SaveAsync(PlatformSettings settings, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(settings, CoreJson.Default.PlatformSettings);
        return database.WriteAsync(
            Saving,
            session => session.Execute(
                settings.Version == 1
                    ? "INSERT INTO settings (id, version, settings) VALUES (1, $version, $settings) ON CONFLICT DO NOTHING"
                    : "UPDATE settings SET version = $version, settings = $settings WHERE version = $version - 1",
                ("$version", settings.Version), ("$settings", document)) == 1,
            cancellationToken);
    }
}
