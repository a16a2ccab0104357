using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode;

/// <summary>The document says all that callers meet, and what it says is so.</summary>
[Collection<SharedPlatform>]
public sealed class OpenApiTests : IDisposable
{
    private const string ProblemJson = "application/problem+json";

    private readonly ApiUser _anonymous;
    private readonly ApiUser _user;
    private readonly ApiUser _admin;
    private JsonObject? _problem;

    public OpenApiTests(PlatformFixture fixture)
    {
        var platform = fixture.Join();
        _anonymous = new(platform.Api, key: null);
        _user = new(platform.Api, platform.Keys.User);
        _admin = new(platform.Api, platform.Keys.Admin);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_says_what_it_does_takes_and_answers()
    {
        var operations = await ReadAsync();

        Assert.All(operations, operation =>
        {
            Assert.NotEmpty((string?)operation.Node["summary"] ?? "");
            Assert.NotEmpty(operation.Node["tags"]?.AsArray() ?? []);
            Assert.All(operation.Parameters, parameter => Assert.NotEmpty((string?)parameter["description"] ?? ""));
            Assert.Contains(operation.Responses, response => response.Key[0] == '2');
        });
    }

    [Fact]
    public async Task Every_operation_has_the_errors_that_fit_it_and_each_is_a_problem()
    {
        var operations = await ReadAsync();

        Assert.All(operations, operation =>
        {
            var isOpen = operation.Path == "/api/v1/languages";
            Assert.Equal(!isOpen, operation.Has("401"));
            Assert.Equal(operation.Path.Contains("/admin/", StringComparison.Ordinal) || operation.Path == "/api/v1/traces/summary", operation.Has("403"));
            Assert.True(operation.Has("404") || !operation.Path.Contains('{', StringComparison.Ordinal));
            Assert.True(operation.Has("429") && operation.Has("503"));
            Assert.True(operation.Body is null || (operation.Has("400") && operation.Has("413") && operation.Has("415") && operation.Has("422")));
            Assert.All(operation.Responses.Where(response => response.Key[0] is '4' or '5'), response =>
            {
                Assert.NotEmpty((string?)response.Value!["description"] ?? "");
                Assert.Equal("#/components/schemas/Problem", (string?)response.Value["content"]?[ProblemJson]?["schema"]?["$ref"]);
            });
        });
    }

    [Fact]
    public async Task Every_body_has_an_example_and_it_is_understood()
    {
        foreach (var operation in (await ReadAsync()).Where(operation => operation.Body is not null))
        {
            Assert.True(operation.Body!["example"] is not null, $"{operation} has no example.");
            using var response = await SendAsync(_admin, operation, Guid.CreateVersion7().ToString(), operation.Body["example"]!.ToJsonString());

            await AssertDocumentedAsync(operation, response);
            Assert.False(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{operation}: {await response.Content.ReadAsStringAsync(Stop)}");
        }
    }

    [Fact]
    public async Task What_is_really_answered_stands_in_the_document()
    {
        var id = (await _user.SubmitAsync("print(1)")).ToString();
        foreach (var operation in (await ReadAsync()).Where(operation => operation.Method == HttpMethod.Get))
        {
            foreach (var (caller, thing) in new[] { (_anonymous, id), (_user, id), (_user, "no-id"), (_admin, id), (_admin, Guid.CreateVersion7().ToString()) })
            {
                using var response = await SendAsync(caller, operation, thing, body: null);
                await AssertDocumentedAsync(operation, response);
            }
        }
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("image/png")]
    [InlineData("nonsense")]
    public async Task An_error_is_a_problem_whatever_the_caller_accepts(string accept)
    {
        foreach (var path in new[] { $"/api/v1/executions/{Guid.CreateVersion7()}/stream", "/api/v1/executions/no-id", "/nowhere" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await _user.Http.SendAsync(request, Stop);
            var problem = await ApiUser.ReadAsync(response);

            Assert.Equal(ProblemJson, response.Content.Headers.ContentType?.MediaType);
            Assert.Equal((int)response.StatusCode, (int)problem["status"]!);
            Assert.NotEmpty((string?)problem["title"] ?? "");
            Assert.NotEmpty((string?)problem["traceId"] ?? "");
        }
    }

    public void Dispose()
    {
        _anonymous.Dispose();
        _user.Dispose();
        _admin.Dispose();
    }

    private async Task<IReadOnlyList<DocumentedOperation>> ReadAsync() =>
        [.. (await _anonymous.GetAsync("/openapi/v1.json"))["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(operation => new DocumentedOperation(HttpMethod.Parse(operation.Key), path.Key, operation.Value!)))];

    private static async Task<HttpResponseMessage> SendAsync(ApiUser caller, DocumentedOperation operation, string id, string? body)
    {
        using var request = new HttpRequestMessage(operation.Method, operation.PathOf(id));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    private async Task AssertDocumentedAsync(DocumentedOperation operation, HttpResponseMessage response)
    {
        var status = $"{(int)response.StatusCode}";
        Assert.True(operation.Has(status), $"{operation} answered {status}: {(status[0] == '2' ? "" : await response.Content.ReadAsStringAsync(Stop))}");
        var documented = operation.Responses[status]!["content"]?.AsObject().Select(content => content.Key) ?? [];
        var answered = response.Content.Headers.ContentType?.MediaType;
        Assert.True(answered is null || documented.Contains(answered), $"{operation} answered {status} with {answered}.");
        if (answered == ProblemJson)
        {
            _problem ??= (await _anonymous.GetAsync("/openapi/v1.json"))["components"]!["schemas"]!["Problem"]!["properties"]!.AsObject();
            Assert.All((await ApiUser.ReadAsync(response)).AsObject(), field => Assert.True(_problem.ContainsKey(field.Key), $"{operation} answered {status} with {field.Key}."));
        }
    }
}
