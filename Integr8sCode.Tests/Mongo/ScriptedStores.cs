using Integr8sCode.Storage;

namespace Integr8sCode.Mongo;

/// <summary>The stores, on a <see cref="ScriptedServer"/>.</summary>
internal sealed class ScriptedStores : TestStores
{
    public ScriptedServer Server { get; } = new();

    public override string ConnectionString => $"mongodb://{Server.Address}/integr8scode";

    protected override ValueTask DropAsync() => Server.DisposeAsync();
}
