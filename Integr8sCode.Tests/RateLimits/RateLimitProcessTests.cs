using Integr8sCode.Infrastructure;
using Integr8sCode.Storage;

namespace Integr8sCode.RateLimits;

public abstract class RateLimitProcessTests(TestStores stores) : StoreTests(stores)
{
    private const int Processes = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-limits-");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Of_four_processes_that_ask_at_once_exactly_as_many_requests_pass_as_the_rule_allows()
    {
        var callers = Enumerable.Range(1, Processes)
            .Select(number => RateLimitCaller.Start(Stores.ConnectionString, Path.Combine(_folder.FullName, $"caller-{number}")))
            .ToList();
        try
        {
            await Eventually.HoldsAsync(() => callers.All(caller => caller.IsReady));
            await File.WriteAllTextAsync(RateLimitCaller.GoFile(_folder.FullName), "", Cancellation);
            var passed = await Task.WhenAll(callers.Select(caller => caller.ReadPassedAsync(Cancellation)));

            Assert.True(Processes * RateLimitCallerProgram.Requests > RateLimitCallerProgram.Window.Requests);
            Assert.Equal(RateLimitCallerProgram.Window.Requests, passed.Sum(process => process.Window));
            Assert.Equal(RateLimitCallerProgram.Bucket.Capacity, passed.Sum(process => process.Bucket));
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
    }
}
