using Integr8sCode.Executions;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoOutputStore(MongoCollections collections, IExecutionStore executions, TimeProvider clock) : IOutputStore
{
    // A chunk that the server loses is a pause for its readers: the final output has it.
    private IMongoCollection<OutputChunkDocument> Chunks => collections.OutputChunks.WithWriteConcern(WriteConcern.W1);

    public Task AppendAsync(IReadOnlyList<OutputChunk> chunks, DateTimeOffset now, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                foreach (var chunk in chunks)
                {
                    await AddAsync(OutputChunkDocument.Of(chunk, clock.GetUtcNow()), cancellationToken);
                }

                return chunks.Count;
            },
            cancellationToken);

    public Task<OutputChunk?> FindNextAsync(Guid executionId, OutputPosition after, CancellationToken cancellationToken)
    {
        var (from, to) = (after.Value, after.NextAttempt.Value);
        return collections.RunAsync(
            async () => (await Chunks
                .Find(chunk => chunk.ExecutionId == executionId && chunk.Position > from && chunk.Position < to)
                .SortBy(chunk => chunk.Position)
                .FirstOrDefaultAsync(cancellationToken))?.ToChunk(),
            cancellationToken);
    }

    public Task RemoveAsync(Guid executionId, CancellationToken cancellationToken) =>
        collections.RunAsync(() => Chunks.DeleteManyAsync(chunk => chunk.ExecutionId == executionId, cancellationToken), cancellationToken);

    // The server cannot give a part of a binary field.
    public async Task<ExecutionOutput?> ReadAsync(
        Guid executionId, long stdoutOffset, long stderrOffset, int limit, CancellationToken cancellationToken)
    {
        var output = await executions.FindOutputAsync(executionId, cancellationToken);
        return output is null ? null : new(Part(output.Stdout, stdoutOffset), Part(output.Stderr, stderrOffset));

        byte[] Part(byte[] all, long offset)
        {
            var from = (int)Math.Min(offset, all.Length);
            return all[from..Math.Min(from + limit, all.Length)];
        }
    }

    public Task<IReadOnlyDictionary<Guid, ExecutionProgress>> WatchAsync(
        IReadOnlyCollection<Guid> executionIds, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyDictionary<Guid, ExecutionProgress>>(
            async () =>
            {
                var shown = await collections.Executions
                    .Find(Builders<ExecutionDocument>.Filter.In(execution => execution.Id, executionIds))
                    .Project(execution => new { execution.Id, execution.Sequence, execution.Written })
                    .ToListAsync(cancellationToken);
                return shown.ToDictionary(execution => execution.Id, execution => new ExecutionProgress(execution.Sequence, execution.Written ?? 0));
            },
            cancellationToken);

    private async Task AddAsync(OutputChunkDocument chunk, CancellationToken cancellationToken)
    {
        try
        {
            await Chunks.InsertOneAsync(chunk, options: null, cancellationToken);
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            // It is there already, and may not be shown yet.
        }

        await collections.Executions.WithWriteConcern(WriteConcern.W1).UpdateOneAsync(
            execution => execution.Id == chunk.ExecutionId,
            Builders<ExecutionDocument>.Update.Max(execution => execution.Written, chunk.Position),
            options: null,
            cancellationToken);
    }
}
