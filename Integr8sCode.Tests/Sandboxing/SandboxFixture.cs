namespace Integr8sCode.Sandboxing;

/// <summary>The real sandbox of an execution-worker, in a host of its own.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    internal const string Collection = "Sandbox";

    internal SandboxHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (SandboxHost.MissingPart is null)
        {
            Host = await SandboxHost.StartAsync([]);
            await Host.Pool.Ready;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }
    }
}

[CollectionDefinition(SandboxFixture.Collection)]
public sealed class SandboxDefinition : ICollectionFixture<SandboxFixture>;
