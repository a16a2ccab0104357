using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Sqlite;

/// <summary>Opens the database when the host starts, not at the first call, so that a wrong path stops the process with one line.</summary>
internal sealed class SqliteStartup(SqliteDatabase database) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => database.PingAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
