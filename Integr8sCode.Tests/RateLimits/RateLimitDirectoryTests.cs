using Integr8sCode.Users;
using Microsoft.Extensions.Options;

namespace Integr8sCode.RateLimits;

public sealed class RateLimitDirectoryTests : IDisposable
{
    private readonly RateLimitDirectory _directory = new(
        new SilentStore(), Options.Create(new ApiKeyOptions()), Options.Create(new RateLimitOptions { Timeout = TimeSpan.FromMilliseconds(50) }), TimeProvider.System);

    [Fact]
    public async Task A_store_that_never_answers_holds_no_request_up()
    {
        var rule = await _directory.FindRuleAsync(RateLimitGroups.Execution, "alice", TestContext.Current.CancellationToken);

        Assert.Equal(RateLimitRules.Default.FindFor(RateLimitGroups.Execution, UserRateLimits.None("alice")), rule);
    }

    public void Dispose() => _directory.Dispose();

    private sealed class SilentStore : IRateLimitStore
    {
        public Task<RateLimitRules?> FindRulesAsync(CancellationToken cancellationToken) => Never<RateLimitRules?>();

        public Task<bool> SaveRulesAsync(RateLimitRules rules, CancellationToken cancellationToken) => Never<bool>();

        public Task<UserRateLimits?> FindUserAsync(string userId, CancellationToken cancellationToken) => Never<UserRateLimits?>();

        public Task SaveUserAsync(UserRateLimits limits, CancellationToken cancellationToken) => Never<bool>();

        public Task DeleteUserAsync(string userId, CancellationToken cancellationToken) => Never<bool>();

        public Task<RateLimitDecision> TakeAsync(string subject, RateLimitRule rule, DateTimeOffset now, CancellationToken cancellationToken) =>
            Never<RateLimitDecision>();

        public Task<IReadOnlyDictionary<string, RateLimitCounter>> ListCountersAsync(string subject, CancellationToken cancellationToken) =>
            Never<IReadOnlyDictionary<string, RateLimitCounter>>();

        public Task ResetAsync(string subject, CancellationToken cancellationToken) => Never<bool>();

        private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
    }
}
