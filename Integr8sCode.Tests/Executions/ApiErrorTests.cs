using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Executions;

/// <summary>Every error is problem+json with the trace to ask about, and names the field that is wrong.</summary>
[Collection<SharedPlatform>]
public sealed class ApiErrorTests : IDisposable
{
    private readonly LocalPlatform _platform;
    private readonly ApiUser _user;

    public ApiErrorTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, _platform.Keys.User);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> WrongBodies => new()
    {
        { """{"language":"python"}""", "script" },
        { """{"script":"","language":"python"}""", "script" },
        { """{"script":42,"language":"python"}""", "script" },
        { """{"script":"1"}""", "language" },
        { """{"script":"1","language":"klingon"}""", "language" },
        { """{"script":"1","language":"Python"}""", "language" },
        { """{"script":"1","language":"python","version":"2"}""", "version" },
        { """{"script":"1","language":"python","surprise":1}""", "surprise" },
        { """{"script":"1","language":"python","args":"x"}""", "args" },
        { """{"script":"1","language":"python","args":[null]}""", "args[0]" },
        { """{"script":"1","language":"python","args":["a\u0000"]}""", "args[0]" },
        { """{"script":"1","language":"python","timeout_seconds":0}""", "timeout_seconds" },
        { """{"script":"1","language":"python","timeout_seconds":301}""", "timeout_seconds" },
        { """{"script":"1","language":"python","timeout_seconds":"5"}""", "timeout_seconds" },
        { Limited("""{"memory_bytes":1}"""), "limits.memory_bytes" },
        { Limited("""{"memory_bytes":1e30}"""), "limits.memory_bytes" },
        { Limited("""{"timeout_seconds":0.01}"""), "limits.timeout_seconds" },
        { Limited("""{"timeout_seconds":100000}"""), "limits.timeout_seconds" },
        { Limited("""{"cpu_seconds":-1}"""), "limits.cpu_seconds" },
        { Limited("""{"processes":0}"""), "limits.processes" },
        { Limited("""{"output_bytes":1000000000}"""), "limits.output_bytes" },
        { Limited("""{"temporary_disk_bytes":0}"""), "limits.temporary_disk_bytes" },
        { Limited("""{"open_files":3}"""), "limits.open_files" },
        { Limited("""{"file_size_bytes":"1"}"""), "limits.file_size_bytes" },
        { Limited("""{"cores":1}"""), "cores" },
        { """{"script":"1","language":"python","timeout_seconds":5,"limits":{"timeout_seconds":5}}""", "limits.timeout_seconds" },
        { WithFiles("""{"path":"../x","content":""}"""), "files[0].path" },
        { WithFiles("""{"path":"/etc/passwd","content":""}"""), "files[0].path" },
        { WithFiles("""{"path":"a//b","content":""}"""), "files[0].path" },
        { WithFiles("""{"path":"","content":""}"""), "files[0].path" },
        { WithFiles("""{"path":"a\u0000","content":""}"""), "files[0].path" },
        { WithFiles("""{"content":""}"""), "files[0].path" },
        { WithFiles("""{"path":"a"}"""), "files[0].content" },
        { WithFiles("""{"path":"a","content":"?","encoding":"base64"}"""), "files[0].content" },
        { WithFiles("""{"path":"a","content":"","encoding":"utf-16"}"""), "files[0].encoding" },
        { WithFiles("null"), "files[0]" },
        { WithFiles("""{"path":"a","content":""},{"path":"a","content":""}"""), "files[1].path" },
        { WithFiles("""{"path":"a","content":""},{"path":"a/b","content":""}"""), "files[1].path" },
        { WithFiles("""{"path":"main.py","content":""}"""), "files[0].path" },
        { WithFiles(string.Join(',', Enumerable.Range(0, 21).Select(i => $$"""{"path":"{{i}}","content":""}"""))), "files" },
        { WithFiles(string.Join(',', Enumerable.Range(0, 3).Select(i => $$"""{"path":"{{i}}","content":"{{new string('x', 90_000)}}"}"""))), "files" },
        { WithFiles(string.Join(',', Enumerable.Range(0, 3).Select(i => $$"""{"path":"{{i}}","content":"{{new string('?', 80_000).Replace("?", "\\u0001")}}"}"""))), "body" },
        { """{"script":"1","language":"python","env":{"LD_PRELOAD":"x"}}""", "env.LD_PRELOAD" },
        { """{"script":"1","language":"python","env":{"TZ":null}}""", "env.TZ" },
        { """{"script":"1","language":"python","env":{"TZ":"a\u0000"}}""", "env.TZ" },
        { """{"script":"1","language":"python","env":["TZ"]}""", "env" },
        { "{", "body" },
        { "[]", "body" },
        { "null", "body" },
        { "", "body" },
        { "not json", "body" },
        { $$"""{"script":"{{new string('x', 65537)}}","language":"python"}""", "script" },
        { $$"""{"script":"1","language":"python","stdin":"{{new string('x', 65537)}}"}""", "stdin" },
        { $$"""{"script":"1","language":"python","args":[{{string.Join(',', Enumerable.Repeat("\"a\"", 65))}}]}""", "args" },
    };

    [Theory, MemberData(nameof(WrongBodies), DisableDiscoveryEnumeration = true)]
    public async Task A_wrong_body_is_a_400_that_names_the_field(string body, string field)
    {
        using var response = await PostAsync(body);

        Assert.Contains(field, (await ReadProblemAsync(response, HttpStatusCode.BadRequest))["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("status=sleeping", "status")]
    [InlineData("status=1", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("cursor=here", "cursor")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=tomorrow", "to")]
    public async Task A_wrong_query_is_a_400_that_names_the_parameter(string query, string parameter)
    {
        using var response = await _user.Http.GetAsync($"/api/v1/executions?{query}", Stop);

        Assert.NotNull((await ReadProblemAsync(response, HttpStatusCode.BadRequest))["errors"]![parameter]);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/events")]
    [InlineData("GET", "/trace")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/retry")]
    public async Task A_wrong_id_is_a_400_an_unknown_one_and_somebody_elses_a_404(string method, string path)
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);
        var foreign = await admin.SubmitAsync("print(1)");

        using var wrong = await SendAsync("42");
        using var unknown = await SendAsync(Guid.CreateVersion7().ToString());
        using var hidden = await SendAsync(foreign.ToString());

        Assert.NotNull((await ReadProblemAsync(wrong, HttpStatusCode.BadRequest))["errors"]!["id"]);
        await ReadProblemAsync(unknown, HttpStatusCode.NotFound);
        await ReadProblemAsync(hidden, HttpStatusCode.NotFound);

        Task<HttpResponseMessage> SendAsync(string id) =>
            _user.Http.SendAsync(new(new(method), $"/api/v1/executions/{id}{path}"), Stop);
    }

    [Fact]
    public async Task An_admin_sees_what_users_ran()
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);

        var seen = await admin.GetAsync(await _user.SubmitAsync("print(1)"));

        Assert.Equal("user", seen["user_id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("i8s_nobody-has-this-key-because-it-is-made-up")]
    public async Task Without_a_known_key_everything_but_the_open_routes_is_a_401(string? key)
    {
        using var stranger = new ApiUser(_platform.Api, key);

        using var submit = await stranger.PostAsync("/api/v1/execute", new { script = "print(1)", language = "python" });
        using var list = await stranger.Http.GetAsync("/api/v1/executions", Stop);
        using var languages = await stranger.Http.GetAsync("/api/v1/languages", Stop);

        await ReadProblemAsync(submit, HttpStatusCode.Unauthorized);
        await ReadProblemAsync(list, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", submit.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.OK, languages.StatusCode);
    }

    [Fact]
    public async Task The_key_is_also_read_from_its_own_header()
    {
        using var http = new HttpClient { BaseAddress = _platform.Api, DefaultRequestHeaders = { { "X-API-Key", _platform.Keys.User } } };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1/executions", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_body_past_the_limit_is_a_413_and_another_media_type_a_415()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/execute")
        {
            Content = new StringContent($$"""{"script":"{{new string('x', 2_000_000)}}","language":"python"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true; // the refusal closes the connection, and a body still under way would hide it
        using var large = await _user.Http.SendAsync(request, Stop);
        using var plain = await _user.Http.PostAsync("/api/v1/execute", new StringContent("print(1)", Encoding.UTF8, "text/plain"), Stop);

        await ReadProblemAsync(large, HttpStatusCode.RequestEntityTooLarge);
        await ReadProblemAsync(plain, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    public async Task A_malformed_idempotency_key_is_a_400_that_names_the_header(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/execute")
        {
            Content = new StringContent("""{"script":"print(1)","language":"python"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 })
        {
            BaseAddress = _platform.Api,
            DefaultRequestHeaders = { Authorization = _user.Http.DefaultRequestHeaders.Authorization },
        };

        using var response = await http.SendAsync(request, Stop);

        Assert.NotNull((await ReadProblemAsync(response, HttpStatusCode.BadRequest))["errors"]!["Idempotency-Key"]);
    }

    [Fact]
    public async Task A_wrong_parameter_is_named_as_callers_spell_it()
    {
        using var admin = new ApiUser(_platform.Api, _platform.Keys.Admin);

        using var query = await admin.PostAsync("/api/v1/admin/executions/rebuild?dry_run=perhaps");
        using var route = await admin.Http.DeleteAsync("/api/v1/admin/users/user/keys/no-id", Stop);

        Assert.NotNull((await ReadProblemAsync(query, HttpStatusCode.BadRequest))["errors"]!["dry_run"]);
        Assert.NotNull((await ReadProblemAsync(route, HttpStatusCode.BadRequest))["errors"]!["key_id"]);
    }

    [Fact]
    public async Task An_unknown_route_and_a_wrong_method_are_problems_too()
    {
        using var unknown = await _user.Http.GetAsync("/api/v1/nothing", Stop);
        using var method = await _user.Http.DeleteAsync("/api/v1/execute", Stop);

        await ReadProblemAsync(unknown, HttpStatusCode.NotFound);
        await ReadProblemAsync(method, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gaps_newest_first()
    {
        for (var i = 0; i < 5; i++)
        {
            await _user.SubmitAsync($"print({i})", "bash");
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _user.GetAsync($"/api/v1/executions?language=bash&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["execution_id"]!.GetValue<string>()));
            cursor = page["next_cursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.True(seen.Count >= 5);
        Assert.Equal(seen.Distinct().OrderDescending(StringComparer.Ordinal), seen);
    }

    public void Dispose() => _user.Dispose();

    private static string Limited(string limits) => $$"""{"script":"1","language":"python","limits":{{limits}}}""";

    private static string WithFiles(string files) => $$"""{"script":"1","language":"python","files":[{{files}}]}""";

    private Task<HttpResponseMessage> PostAsync(string json) =>
        _user.Http.PostAsync("/api/v1/execute", new StringContent(json, Encoding.UTF8, "application/json"), Stop);

    private static async Task<JsonNode> ReadProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await ApiUser.ReadAsync(response);
        Assert.Matches("^[0-9a-f]{32}$", problem["traceId"]!.GetValue<string>());

        return problem;
    }
}
