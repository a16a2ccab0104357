using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Settings;

/// <summary>What admins change on a platform of two API processes counts in all processes, without a restart.</summary>
public sealed class SettingsTests(SettingsTests.TwoBackends platform) : IClassFixture<SettingsTests.TwoBackends>, IAsyncLifetime
{
    private const string Settings = "/api/v1/admin/settings";

    private readonly ApiUser _admin = new(platform.First.Address, platform.AdminKey);
    private readonly ApiUser _user = new(platform.Second.Address, platform.Key);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await ChangeAsync(new { });

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _user.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_change_tells_its_version_who_made_it_and_when_and_a_stale_one_is_refused()
    {
        using var traces = new TraceReader(platform.Traces);
        var before = (await _admin.GetAsync(Settings))["version"]!.GetValue<long>();
        var trace = Guid.CreateVersion7().ToString("N");
        using var request = new HttpRequestMessage(HttpMethod.Put, Settings) { Content = JsonContent.Create(new { version = before, running_cap = 7 }) };
        request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");

        using var changed = await _admin.Http.SendAsync(request, Stop);
        using var stale = await PutAsync(new { version = before, running_cap = 8 });

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (stale.StatusCode, stale.Content.Headers.ContentType?.MediaType));
        var now = await _admin.GetAsync(Settings);
        Assert.Equal((before + 1, "admin", 7), (now["version"]!.GetValue<long>(), now["changed_by"]!.GetValue<string>(), now["running_cap"]!.GetValue<int>()));
        Assert.InRange(now["changed_at"]!.GetValue<DateTimeOffset>(), DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow());
        var server = (await traces.ReadAsync(trace, span => span.Kind == "server")).Single(span => span.Kind == "server");
        Assert.Equal($"{before + 1}", server.Text("settings.version"));
        Assert.Equal("admin", server.Text("user.id"));
    }

    [Theory]
    [InlineData("version", """{ }""")]
    [InlineData("version", """{ "version": -1 }""")]
    [InlineData("running_cap", """{ "version": 0, "running_cap": -1 }""")]
    [InlineData("sampling_ratio", """{ "version": 0, "sampling_ratio": 1.01 }""")]
    [InlineData("maximum_limits.memory_bytes", """{ "version": 0, "maximum_limits": { "memory_bytes": 1 } }""")]
    [InlineData("default_limits.timeout_seconds", """{ "version": 0, "default_limits": { "timeout_seconds": 301 } }""")]
    [InlineData("default_limits.processes", """{ "version": 0, "maximum_limits": { "processes": 4 }, "default_limits": { "processes": 5 } }""")]
    public async Task What_cannot_be_is_refused_and_named(string field, string body)
    {
        using var refused = await _admin.Http.PutAsync(Settings, new StringContent(body, null, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal([field], (await ApiUser.ReadAsync(refused))["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Limits_bound_what_may_be_asked_for_and_give_what_is_not_asked_for()
    {
        await ChangeAsync(new { maximum_limits = new { memory_bytes = 64 << 20, timeout_seconds = 20 }, default_limits = new { timeout_seconds = 2 } });
        await Eventually.SeesAsync(() => _user.GetAsync("/api/v1/languages"), Has(timeout: 2, most: 20, memory: 64 << 20));

        Assert.Equal(["limits.memory_bytes"], await RefusedAsync(new { limits = new { memory_bytes = 128 << 20 } }));
        Assert.Equal(["timeout_seconds"], await RefusedAsync(new { timeout_seconds = 21 }));
        var slow = await _user.GetEndedAsync(await _user.SubmitAsync("while true; do :; done", "bash"));
        Assert.Equal("timeout", slow["status"]!.GetValue<string>());
        await HasRunUnderAsync(slow, wall: 2, memory: 64 << 20);

        await ChangeAsync(new { });
        await Eventually.SeesAsync(() => _user.GetAsync("/api/v1/languages"), Has(timeout: 10, most: 300, memory: 2L << 30));
        var large = await _user.SubmitAsync(new { script = "echo 1", language = "bash", limits = new { memory_bytes = 128 << 20, timeout_seconds = 21 } });
        await HasRunUnderAsync(await _user.GetEndedAsync(large), wall: 21, memory: 128 << 20);
    }

    [Fact]
    public async Task The_running_cap_is_the_one_of_the_settings()
    {
        await ChangeAsync(new { running_cap = 1 });
        var first = await _user.SubmitAsync("sleep 60", "bash");
        await _user.GetInAsync(first, "running");
        var second = await _user.SubmitAsync("sleep 60", "bash");
        await Eventually.SeesAsync(() => _user.ListEventTypesAsync(second), types => types.Contains("execution.deferred"));

        await ChangeAsync(new { running_cap = 2 });

        await _user.GetInAsync(second, "running");
        Assert.Equal("running", (await _user.GetAsync(first))["status"]!.GetValue<string>());
        foreach (var id in new[] { first, second })
        {
            using var cancel = await _user.PostAsync($"/api/v1/executions/{id}/cancel");
            await _user.GetEndedAsync(id);
        }
    }

    [Fact]
    public async Task The_sampling_ratio_changes_the_samplers_of_all_processes()
    {
        using var traces = new TraceReader(platform.Traces);
        Service[] backends = [platform.First, platform.Second];

        await ChangeAsync(new { sampling_ratio = 0 });
        var dropped = new List<string>();
        foreach (var backend in backends) dropped.Add(await AskAsync(backend));
        var silent = await _user.GetEndedAsync(await _user.SubmitAsync("echo 1", "bash"));
        await ChangeAsync(new { sampling_ratio = 1 });
        var kept = new List<string>();
        foreach (var backend in backends) kept.Add(await AskAsync(backend));
        var told = await _user.GetEndedAsync(await _user.SubmitAsync("echo 1", "bash"));

        foreach (var trace in kept)
        {
            var spans = await traces.ReadAsync(trace, span => span.Kind == "server");
            Assert.All(spans, span => Assert.StartsWith("ot=th:0", span.Text("w3c.tracestate"), StringComparison.Ordinal));
        }

        // A process exports in order: what it had sampled before is there by now.
        await traces.ReadAsync(told["trace_id"]!.GetValue<string>(), span => span.Name == "sandbox.run");
        foreach (var trace in dropped.Append(silent["trace_id"]!.GetValue<string>()))
        {
            Assert.Empty(await traces.FindAsync(trace));
        }
    }

    private static async Task<string> AskAsync(Service backend)
    {
        var trace = Guid.CreateVersion7().ToString("N");
        using var http = new HttpClient { BaseAddress = backend.Address, DefaultRequestHeaders = { { "traceparent", $"00-{trace}-b7ad6b7169203331-01" } } };
        using var response = await http.GetAsync("/api/v1/languages", Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return trace;
    }

    private static Func<JsonNode, bool> Has(double timeout, double most, long memory) => languages =>
    {
        var bash = languages["items"]!.AsArray().Single(language => language!["name"]!.GetValue<string>() == "bash")!;
        return bash["limits"]!["timeout_seconds"]!.GetValue<double>() == timeout
            && bash["limits"]!["max_timeout_seconds"]!.GetValue<double>() == most
            && bash["maximum"]!["memory_bytes"]!.GetValue<long>() == memory;
    };

    private async Task HasRunUnderAsync(JsonNode execution, double wall, long memory)
    {
        using var traces = new TraceReader(platform.Traces);
        var spans = await traces.ReadAsync(execution["trace_id"]!.GetValue<string>(), span => span.Name == "sandbox.run");
        var run = spans.Single(span => span.Name == "sandbox.run");
        Assert.Equal((wall, memory), (run.Tags["sandbox.limit.wall_seconds"]!.GetValue<double>(), run.Tags["sandbox.limit.memory_bytes"]!.GetValue<long>()));
    }

    private async Task<IEnumerable<string>> RefusedAsync(object limits)
    {
        var body = JsonSerializer.SerializeToNode(limits)!.AsObject();
        body["script"] = "echo 1";
        body["language"] = "bash";
        using var refused = await _user.PostAsync("/api/v1/execute", body);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        return (await ApiUser.ReadAsync(refused))["errors"]!.AsObject().Select(error => error.Key);
    }

    /// <summary>Replaces the settings, and returns when every process goes by them.</summary>
    private async Task ChangeAsync(object settings)
    {
        var body = JsonSerializer.SerializeToNode(settings)!.AsObject();
        body["version"] = (await _admin.GetAsync(Settings))["version"]!.GetValue<long>();
        using var changed = await PutAsync(body);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var version = (await ApiUser.ReadAsync(changed))["version"]!.GetValue<long>();
        using var http = new HttpClient();
        foreach (var service in platform.All)
        {
            await Eventually.SeesAsync(
                () => http.GetStringAsync(new Uri(service.Address, "/health"), Stop), health => health.Contains($"\"version {version}\"", StringComparison.Ordinal));
        }
    }

    private Task<HttpResponseMessage> PutAsync(object body) => _admin.Http.PutAsJsonAsync(Settings, body, Stop);

    public sealed class TwoBackends : IAsyncLifetime
    {
        private static readonly string[] Roles = ["saga-orchestrator", "execution-worker", "result-processor"];

        private PlatformUnderTest? _test;

        internal Service First => _test!.Platform[Services.Backend];

        internal Service Second => _test!.Platform[$"{Services.Backend}-2"];

        internal IEnumerable<Service> All => [First, Second, .. Roles.Select(role => _test!.Platform[role])];

        public Uri Traces => _test!.Platform.Traces;

        public string Key => _test!.Platform.Keys.User;

        public string AdminKey => _test!.Platform.Keys.Admin;

        public async ValueTask InitializeAsync() => _test = await PlatformUnderTest.StartAsync(
            options => options with
            {
                Replicas = new Dictionary<string, int> { [Services.Backend] = 2 },
                Without = Services.Roles.Except(Roles).ToHashSet(),
            },
            TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (_test is not null) await _test.DisposeAsync();
        }
    }
}
