using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.ServiceDefaults;

public sealed class StopWhileStartingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_process_that_is_asked_to_stop_while_it_starts_ends_in_order()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Services.AddHostedService<SlowStart>();

        await builder.Build().RunServiceAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM does what this does, and comes as early.</summary>
    private sealed class SlowStart(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
