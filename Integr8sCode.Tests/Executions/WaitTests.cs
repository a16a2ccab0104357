using System.Net;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Executions;

[Collection<SharedPlatform>]
public sealed class WaitTests : IDisposable
{
    private readonly ApiUser _user;

    public WaitTests(PlatformFixture fixture)
    {
        var platform = fixture.Join();
        _user = new(platform.Api, platform.Keys.User);
    }

    [Theory]
    [InlineData("/execute")]
    [InlineData("/api/v1/execute")]
    public async Task A_result_that_comes_in_time_is_the_answer(string path)
    {
        using var response = await _user.PostAsync($"{path}?wait=30", new { script = "print(6*7)", language = "python" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var ended = await ApiUser.ReadAsync(response);
        Assert.Equal(("completed", "42\n"), (ended["status"]!.GetValue<string>(), ended["stdout"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_script_that_takes_longer_is_answered_as_without_waiting()
    {
        using var response = await _user.PostAsync("/api/v1/execute?wait=1.5", new { script = "import time; time.sleep(60)", language = "python" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var ticket = await ApiUser.ReadAsync(response);
        Assert.NotNull(response.Headers.Location);
        using var cancel = await _user.PostAsync($"/api/v1/executions/{ticket["execution_id"]}/cancel");
        Assert.True(cancel.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("31")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("1e1")]
    [InlineData("NaN")]
    public async Task A_wait_that_is_no_number_of_seconds_is_a_bad_request(string wait)
    {
        using var response = await _user.PostAsync($"/api/v1/execute?wait={wait}", new { script = "print(1)", language = "python" });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]!["wait"]);
    }

    public void Dispose() => _user.Dispose();
}
