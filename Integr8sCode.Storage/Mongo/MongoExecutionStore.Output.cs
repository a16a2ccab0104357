using Integr8sCode.Executions;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <content>
/// What scripts wrote, stored under the id of the terminal event and before it: once that event is there, so is its output. Two rivals
/// have two ids, and only the output of the event that was kept is ever read.
/// </content>
internal sealed partial class MongoExecutionStore
{
    public Task<ExecutionOutput?> FindOutputAsync(Guid id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var end = await collections.Events
                    .Find(recorded => recorded.ExecutionId == id && recorded.Terminal == true)
                    .Project(recorded => new { recorded.Id })
                    .FirstOrDefaultAsync(cancellationToken);
                var output = end is null
                    ? null
                    : await collections.Outputs.Find(output => output.Id == end.Id).FirstOrDefaultAsync(cancellationToken);
                return output is null ? null : new ExecutionOutput(output.Stdout, output.Stderr);
            },
            cancellationToken);

    private async Task AddOutputAsync(ExecutionChange change, CancellationToken cancellationToken)
    {
        if (change.Output is not { } output)
        {
            return;
        }

        var document = new OutputDocument(change.Event.EventId, change.Execution.Id, output.Stdout, output.Stderr);
        await collections.Outputs.ReplaceOneAsync(
            stored => stored.Id == document.Id, document, new ReplaceOptions { IsUpsert = true }, cancellationToken);
    }

    private async Task RemoveOutputAsync(ExecutionChange lost, CancellationToken cancellationToken)
    {
        if (lost.Output is not null)
        {
            await collections.Outputs.DeleteOneAsync(stored => stored.Id == lost.Event.EventId, cancellationToken);
        }
    }
}
