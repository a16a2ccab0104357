using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

[Collection<SharedPlatform>]
public sealed class FirstExecutionTests(PlatformFixture fixture) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _client = ClientOf(fixture.Join());

    [Fact]
    public async Task The_command_that_local_mode_prints_is_accepted_and_gives_42()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var accepted = await _client.PostAsJsonAsync("/api/v1/execute", new { script = "print(6*7)", language = "python" }, limit.Token);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        var execution = await StoredAsync(accepted.Headers.Location!, limit.Token);

        Assert.Equal("completed", execution.GetProperty("status").GetString());
        Assert.Equal("42\n", execution.GetProperty("stdout").GetString());
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> StoredAsync(Uri location, CancellationToken cancellationToken)
    {
        while (true)
        {
            var execution = await _client.GetFromJsonAsync<JsonElement>(location, cancellationToken);
            if (execution.GetProperty("timestamps").TryGetProperty("result_stored_at", out _)) return execution;
            await Task.Delay(Interval, cancellationToken);
        }
    }

    private static HttpClient ClientOf(LocalPlatform platform) => new()
    {
        BaseAddress = platform.Api,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", platform.Keys.User) },
    };
}
