using Integr8sCode.Users;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoUserStore(MongoCollections collections) : IUserStore
{
    private static readonly FindOneAndUpdateOptions<UserDocument> Changed = new() { ReturnDocument = ReturnDocument.After };

    public Task<bool> AddAsync(User user, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                try
                {
                    await collections.Users.InsertOneAsync(UserDocument.Of(user), options: null, cancellationToken);
                    return true;
                }
                catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
                {
                    return false;
                }
            },
            cancellationToken);

    public Task<User?> FindAsync(string id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.Users.Find(user => user.Id == id).FirstOrDefaultAsync(cancellationToken))?.ToUser(),
            cancellationToken);

    public Task<IReadOnlyList<User>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<User>>(
            async () =>
            {
                var users = await collections.Users
                    .Find(Builders<UserDocument>.Filter.Gt(user => user.Id, after ?? ""))
                    .SortBy(user => user.Id)
                    .Limit(limit)
                    .ToListAsync(cancellationToken);
                return [.. users.Select(user => user.ToUser())];
            },
            cancellationToken);

    public Task<bool> HasAdminAsync(CancellationToken cancellationToken) =>
        collections.RunAsync(() => collections.Users.Find(user => user.Role == UserRole.Admin).AnyAsync(cancellationToken), cancellationToken);

    public Task<User?> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken)
    {
        List<UpdateDefinition<UserDocument>> changes = [];
        if (change.Role is { } role) changes.Add(Builders<UserDocument>.Update.Set(user => user.Role, role));
        if (change.IsDisabled is { } disabled) changes.Add(Builders<UserDocument>.Update.Set(user => user.IsDisabled, disabled));
        if (changes.Count == 0)
        {
            return FindAsync(id, cancellationToken);
        }

        return collections.RunAsync(
            async () =>
            {
                var update = Builders<UserDocument>.Update.Combine(changes);
                var changed = await collections.Users.FindOneAndUpdateAsync<UserDocument>(user => user.Id == id, update, Changed, cancellationToken);
                return changed?.ToUser();
            },
            cancellationToken);
    }

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.Users.DeleteOneAsync(user => user.Id == id, cancellationToken)).DeletedCount == 1,
            cancellationToken);
}
