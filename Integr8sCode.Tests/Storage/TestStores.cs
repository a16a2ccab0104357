using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Storage;

/// <summary>The stores of one test, on an empty database, registered the way every process does it.</summary>
public abstract class TestStores : IAsyncDisposable
{
    private readonly Lazy<IHost> _host;

    protected TestStores() => _host = new(() =>
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:integr8scode"] = ConnectionString;
        builder.AddStorage();
        return builder.Build();
    });

    public abstract string ConnectionString { get; }

    public IServiceProvider Services => _host.Value.Services;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
        {
            await ((IAsyncDisposable)_host.Value).DisposeAsync();
        }

        await DropAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask DropAsync();
}
