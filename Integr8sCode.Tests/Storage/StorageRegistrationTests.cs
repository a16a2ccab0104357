using Integr8sCode.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Storage;

public sealed class StorageRegistrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-storage-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData(" ", "is missing")]
    [InlineData("Data Source=", "names no file")]
    [InlineData("Data Source=:memory:", "names no file")]
    [InlineData("Data Source=x;Mode=Memory", "names no file")]
    [InlineData("Server=db;Database=x", "neither")]
    [InlineData("nonsense", "neither")]
    [InlineData("Data Source=/proc/none/integr8scode.db", "cannot be opened")]
#if !USE_MONGO
    [InlineData("mongodb://db:27017/integr8scode", "asks for MongoDB, whose driver was not in the NuGet feed")]
#endif
    public async Task A_wrong_setting_stops_the_start_with_one_line_naming_it(string? connection, string problem)
    {
        using var host = BuildHost(connection);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.StartsWith("ConnectionStrings:integr8scode ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
#if !USE_MONGO
    [InlineData("mongodb://me:secret@db/x")]
    [InlineData("mongodb://me:sec@secret;@db/x")]
    [InlineData("mongodb+srv://me:secret@db/x")]
#endif
    [InlineData("postgres://me:secret@db/x")]
    [InlineData("Server=db;Password=secret;Database=x")]
    [InlineData("Server=db;pwd=secret")]
    public async Task The_message_hides_the_password(string connection)
    {
        using var host = BuildHost(connection);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.Contains("***", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_creates_the_database()
    {
        var path = Path.Combine(_folder.FullName, "new", "integr8scode.db");
        using var host = BuildHost($"Data Source={path}");

        await host.StartAsync(Cancellation);

        Assert.True(File.Exists(path));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_health_check_tells_if_the_store_can_write()
    {
        await using var stores = new SqliteTestStores();
        var health = stores.Get<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Cancellation)).Entries["store"].Status);

        await using var other = new SqliteConnection($"Data Source={stores.Path};Pooling=false");
        other.Open();
        await using var transaction = other.BeginTransaction();

        var entry = (await health.CheckHealthAsync(Cancellation)).Entries["store"];
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("locked", entry.Description, StringComparison.Ordinal);
    }

    private static IHost BuildHost(string? connection)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:integr8scode"] = connection;
        builder.AddStorage();
        return builder.Build();
    }
}
