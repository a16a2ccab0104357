using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sqlite;

public sealed class RateLimitProcessTests : IDisposable
{
    private const int Processes = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-limits-");

    [Fact]
    public async Task Of_four_processes_that_ask_at_once_exactly_as_many_requests_pass_as_the_rule_allows()
    {
        var database = Path.Combine(_folder.FullName, "integr8scode.db");
        var callers = Enumerable.Range(1, Processes).Select(number => RateLimitCaller.Start(database, number)).ToList();
        try
        {
            await Eventually.HoldsAsync(() => callers.All(caller => caller.IsReady));
            await File.WriteAllTextAsync(RateLimitCaller.GoFile(database), "", TestContext.Current.CancellationToken);
            var passed = await Task.WhenAll(callers.Select(caller => caller.ReadPassedAsync(TestContext.Current.CancellationToken)));

            Assert.True(Processes * RateLimitCallerProgram.Requests > RateLimitCallerProgram.Window.Requests);
            Assert.Equal(RateLimitCallerProgram.Window.Requests, passed.Sum(process => process.Window));
            Assert.Equal(RateLimitCallerProgram.Bucket.Capacity, passed.Sum(process => process.Bucket));
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
