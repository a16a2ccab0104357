using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Sandboxing;

/// <summary>What a request may ask for besides its script arrives in the sandbox, and what the sandbox found out comes back.</summary>
[Collection<SharedPlatform>]
public sealed class RequestedRunTests : IDisposable
{
    private readonly ApiUser _user;

    public RequestedRunTests(PlatformFixture fixture)
    {
        LocalPlatform platform = fixture.Join();
        _user = new(platform.Api, platform.Keys.User);
    }

    [Fact]
    public async Task Files_and_variables_lie_ready_for_the_script()
    {
        var ended = await RunAsync(new
        {
            script = "import os, pack.words\nprint(pack.words.greeting, os.environ['TZ'], list(open('/w/data/bytes', 'rb').read()))",
            language = "python",
            files = new object[]
            {
                new { path = "pack/words.py", content = "greeting = 'grüße'" },
                new { path = "data/bytes", content = "AAH/", encoding = "base64" },
            },
            env = new Dictionary<string, string> { ["TZ"] = "Europe/Vienna" },
        });

        Assert.Equal("grüße Europe/Vienna [0, 1, 255]\n", ended["stdout"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_limit_of_a_request_is_the_one_that_holds()
    {
        var ended = await RunAsync(new
        {
            script = "import os, resource as r\nprint(r.getrlimit(r.RLIMIT_NOFILE)[0], r.getrlimit(r.RLIMIT_FSIZE)[0], os.statvfs('/tmp').f_blocks * os.statvfs('/tmp').f_frsize)",
            language = "python",
            limits = new { open_files = 40, file_size_bytes = 4096, temporary_disk_bytes = 2 << 20 },
        });

        Assert.Equal("40 4096 2097152\n", ended["stdout"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_answer_tells_where_output_was_cut_and_what_the_numbers_are()
    {
        var ended = await RunAsync(new { script = "yes", language = "bash", limits = new { output_bytes = 5000 } });

        Assert.Equal((5000, true, "output_limit"), ((int)ended["stdout_bytes"]!, (bool)ended["stdout_truncated"]!, (string)ended["outcome"]!));
        Assert.Equal((0, false), ((int)ended["stderr_bytes"]!, (bool)ended["stderr_truncated"]!));
        Assert.Contains((string)ended["resource_usage"]!["source"]!, new[] { "cgroup", "wait4" });
    }

    [Fact]
    public async Task The_compiler_has_a_section_of_its_own()
    {
        var languages = (await _user.GetAsync("/api/v1/languages"))["items"]!.AsArray();
        var c = languages.SingleOrDefault(language => (string)language!["name"]! == "c");
        Assert.SkipWhen(c is null, "There is no C compiler here.");

        var built = await RunAsync(new { script = (string)c["example"]!, language = "c" });
        var refused = await RunAsync(new { script = "int main(void) { return x; }", language = "c" });

        Assert.Equal(("Hello from C\n", "exited", 0), ((string)built["stdout"]!, (string)built["compile"]!["outcome"]!, (int)built["compile"]!["exit_code"]!));
        Assert.Equal(("completed", "compile_error", 1), ((string)refused["status"]!, (string)refused["outcome"]!, (int)refused["compile"]!["exit_code"]!));
        Assert.Contains("main.c:1", (string)refused["compile"]!["output"]!, StringComparison.Ordinal);
        Assert.NotNull(c["compile_limits"]!["timeout_seconds"]);
    }

    [Fact]
    public async Task The_example_of_each_language_runs_and_its_bounds_are_told()
    {
        var languages = (await _user.GetAsync("/api/v1/languages"))["items"]!.AsArray();
        var ids = await Task.WhenAll(languages.Select(language =>
            _user.SubmitAsync(new { script = (string)language!["example"]!, language = (string)language["name"]!, version = (string)language["version"]! })));

        foreach (var (language, id) in languages.Zip(ids))
        {
            var ended = await _user.GetEndedAsync(id);
            Assert.Equal(("exited", 0), ((string)ended["outcome"]!, (int)ended["exit_code"]!));
            Assert.StartsWith("Hello from", (string)ended["stdout"]!, StringComparison.Ordinal);
            Assert.True((long)language!["minimum"]!["memory_bytes"]! < (long)language["maximum"]!["memory_bytes"]!);
            Assert.Contains("TZ", language["environment_names"]!.AsArray().Select(name => (string)name!));
        }
    }

    public void Dispose() => _user.Dispose();

    private async Task<JsonNode> RunAsync(object request) => await _user.GetEndedAsync(await _user.SubmitAsync(request));
}
