using System.Net;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Executions;

[Collection<SharedPlatform>]
public sealed class MainFlowTests : IDisposable
{
    private readonly LocalPlatform _platform;
    private readonly ApiUser _user;

    public MainFlowTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, _platform.Keys.User);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/execute")]
    [InlineData("/api/v1/execute")]
    public async Task A_script_is_accepted_and_its_result_is_kept(string path)
    {
        using var accepted = await _user.PostAsync(path, new { script = "print(6*7)", language = "python" });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var ticket = await ApiUser.ReadAsync(accepted);
        Assert.Equal($"/api/v1/executions/{ticket["execution_id"]}", accepted.Headers.Location?.ToString());
        Assert.Equal($"{_platform.Traces}trace/{ticket["trace_id"]}", ticket["links"]!["trace"]!.GetValue<string>());

        var ended = await _user.GetEndedAsync(ticket["execution_id"]!.GetValue<Guid>());

        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        Assert.Equal("42\n", ended["stdout"]!.GetValue<string>());
        Assert.Equal(0, ended["exit_code"]!.GetValue<int>());
        Assert.True(ended["resource_usage"]!["run_seconds"]!.GetValue<double>() > 0);
        Assert.Equal(1, ended["attempts"]!.GetValue<int>());
        Assert.All(
            ["requested_at", "scheduled_at", "started_at", "finished_at", "result_stored_at"],
            state => Assert.NotNull(ended["timestamps"]![state]));
    }

    [Theory]
    [InlineData("python", "import sys; print(sys.argv[1:], sys.stdin.read())", "['a', 'b c'] in\n")]
    [InlineData("bash", "echo $# \"$2\" $(cat)", "2 b c in\n")]
    [InlineData("node", "console.log(process.argv.length - 2, require('fs').readFileSync(0, 'utf8'))", "2 in\n")]
    [InlineData("perl", "print scalar(@ARGV), <STDIN>, \"\\n\"", "2in\n")]
    [InlineData("ruby", "puts ARGV.length, STDIN.read", "2\nin\n")]
    public async Task Each_language_reads_its_arguments_and_its_input(string language, string script, string expected)
    {
        var known = (await _user.GetAsync("/api/v1/languages"))["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>());
        Assert.SkipUnless(known.Contains(language), $"{language} is not installed here.");

        var ended = await _user.GetEndedAsync(await _user.SubmitAsync(
            new { script, language, args = new[] { "a", "b c" }, stdin = "in" }));

        Assert.Equal((expected, "completed"), (ended["stdout"]!.GetValue<string>(), ended["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_failing_script_is_completed_with_its_exit_code_and_its_error_output()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("import sys; sys.exit('no luck')"));

        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        Assert.Equal((1, "no luck\n"), (ended["exit_code"]!.GetValue<int>(), ended["stderr"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_script_that_takes_too_long_is_a_timeout_with_what_it_had_written()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync(
            new { script = "print('before', flush=True)\nimport time; time.sleep(30)", language = "python", timeout_seconds = 1 }));

        Assert.Equal("timeout", ended["status"]!.GetValue<string>());
        Assert.Equal("before\n", ended["stdout"]!.GetValue<string>());
    }

    [Fact]
    public async Task Output_that_is_no_text_comes_as_base64()
    {
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("import sys; sys.stdout.buffer.write(b'\\xff\\x00')"));

        Assert.Equal(("/wA=", "base64"), (ended["stdout"]!.GetValue<string>(), ended["stdout_encoding"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_events_tell_what_happened_in_order()
    {
        var id = await _user.SubmitAsync("print(1)");
        await _user.GetEndedAsync(id);

        Assert.Equal(
            ["execution.requested", "execution.scheduled", "execution.started", "execution.completed", "result.stored"],
            await _user.ListEventTypesAsync(id));
    }

    [Fact]
    public async Task A_running_script_is_cancelled_within_a_second()
    {
        var id = await _user.SubmitAsync("import time; time.sleep(30)");
        await _user.GetInAsync(id, "running");

        using var asked = await _user.PostAsync($"/api/v1/executions/{id}/cancel");
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var ended = await _user.GetEndedAsync(id);

        Assert.Equal("cancelled", ended["status"]!.GetValue<string>());
        var events = (await _user.GetAsync($"/api/v1/executions/{id}/events"))["items"]!.AsArray();
        var (request, end) = (TimeOf("execution.cancel_requested"), TimeOf("execution.cancelled"));
        Assert.InRange(end - request, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        DateTimeOffset TimeOf(string type) => events.Single(e => e!["type"]!.GetValue<string>() == type)!["time"]!.GetValue<DateTimeOffset>();
    }

    [Fact]
    public async Task An_ended_execution_cannot_be_cancelled_and_can_be_retried()
    {
        var id = await _user.SubmitAsync("print(1)");
        await _user.GetEndedAsync(id);

        using var cancel = await _user.PostAsync($"/api/v1/executions/{id}/cancel");
        using var retry = await _user.PostAsync($"/api/v1/executions/{id}/retry");

        Assert.Equal(HttpStatusCode.Conflict, cancel.StatusCode);
        Assert.Equal("The execution has ended: completed.", (await ApiUser.ReadAsync(cancel))["detail"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Accepted, retry.StatusCode);
        var again = await _user.GetEndedAsync((await ApiUser.ReadAsync(retry))["execution_id"]!.GetValue<Guid>());
        Assert.Equal((id, "1\n"), (again["retry_of"]!.GetValue<Guid>(), again["stdout"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_running_execution_cannot_be_retried()
    {
        var id = await _user.SubmitAsync("import time; time.sleep(30)");

        using var retry = await _user.PostAsync($"/api/v1/executions/{id}/retry");
        using var cancel = await _user.PostAsync($"/api/v1/executions/{id}/cancel");

        Assert.Equal(HttpStatusCode.Conflict, retry.StatusCode);
        Assert.True(cancel.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_same_idempotency_key_makes_one_execution_however_many_ask_at_once()
    {
        var key = Guid.CreateVersion7().ToString();

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var response = await SubmitWithKeyAsync(key, "print('once')");
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            return (await ApiUser.ReadAsync(response))["execution_id"]!.GetValue<Guid>();
        }));
        using var other = await SubmitWithKeyAsync(key, "print('another')");

        Assert.Single(ids.Distinct());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    public void Dispose() => _user.Dispose();

    private async Task<HttpResponseMessage> SubmitWithKeyAsync(string key, string script)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/execute")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { script, language = "python" }),
            Headers = { { "Idempotency-Key", key } },
        };

        return await _user.Http.SendAsync(request, Stop);
    }
}
