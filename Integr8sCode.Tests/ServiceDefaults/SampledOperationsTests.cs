using System.Diagnostics;
using Integr8sCode.Sampling;
using OpenTelemetry.Trace;

namespace Integr8sCode.ServiceDefaults;

public sealed class SampledOperationsTests
{
    private readonly SampledOperations _operations = new(AdaptiveTarget.Default);

    [Theory]
    [InlineData("GET", "/api/v1/executions", "GET /api/v1/executions")]
    [InlineData("GET", "/API/v1/executions/", "GET /api/v1/executions")]
    [InlineData("GET", "/api/v1/executions/4711", "GET /api/v1/executions/{id:guid}")]
    [InlineData("GET", "/api/v1/executions/4711/events", "GET /api/v1/executions/{id:guid}/events")]
    [InlineData("GET", "/api/v1/executions/summary", "GET /api/v1/executions/summary")]
    [InlineData("GET", "/api/v1/executions/summary/events", "GET /api/v1/executions/{id:guid}/events")]
    [InlineData("GET", "/pages", "GET /pages/{page?}")]
    [InlineData("GET", "/pages/2", "GET /pages/{page?}")]
    [InlineData("GET", "/files/a/b/c.txt", "GET /files/{**path}")]
    [InlineData("GET", "/files", "GET /files/{**path}")]
    [InlineData("GET", "/downloads/report.pdf", "GET /downloads/{name}.{extension}")]
    [InlineData("DELETE", "/api/v1/executions/4711", "other")]
    [InlineData("GET", "/api/v1/executions/4711/nothing", "other")]
    [InlineData("GET", "/wp-login.php", "other")]
    [InlineData("GET", "/", "other")]
    [InlineData("_OTHER", "/api/v1/executions", "other")]
    public void A_request_belongs_to_the_route_that_will_answer_it(string method, string path, string operation)
    {
        _operations.Learn(HttpRoutes.Of(
            "GET",
            "/api/v1/executions", "/api/v1/executions/{id:guid}", "/api/v1/executions/{id:guid}/events", "/api/v1/executions/summary",
            "/pages/{page?}", "/files/{**path}", "/downloads/{name}.{extension}"));

        Assert.Equal(operation, Server(method, path).Name);
    }

    [Fact]
    public void Requests_share_one_operation_until_the_routes_are_known() => Assert.Equal("other", Server("GET", "/api/v1/executions").Name);

    [Fact]
    public void What_a_thread_remembers_of_a_path_ends_with_the_routes_it_was_found_in()
    {
        Assert.Equal("other", Server("GET", "/api/v1/executions/4711").Name);
        _operations.Learn(HttpRoutes.Of("GET", "/api/v1/executions/{id}"));

        Assert.Equal("GET /api/v1/executions/{id}", Server("GET", "/api/v1/executions/4711").Name);
        Assert.Equal("other", Server("DELETE", "/api/v1/executions/4711").Name);
        Assert.Equal("GET /api/v1/executions/{id}", Server("GET", "/api/v1/executions/4711").Name);
    }

    [Fact]
    public void Two_processes_in_one_do_not_mix_what_a_thread_remembers()
    {
        var others = new SampledOperations(AdaptiveTarget.Default);
        others.Learn(HttpRoutes.Of("GET", "/{page}"));
        _operations.Learn(HttpRoutes.Of("GET", "/{file}"));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("GET /{page}", others.Of(Request("GET", "/start")).Name);
            Assert.Equal("GET /{file}", Server("GET", "/start").Name);
        }
    }

    [Fact]
    public void More_paths_than_a_thread_remembers_lead_where_they_lead()
    {
        _operations.Learn(HttpRoutes.Of("GET", "/{id}", "/{id}/events", "/a/very/long/{**path}"));
        for (var i = 0; i < 5_000; i++)
        {
            Assert.Equal("GET /{id}", Server("GET", $"/{i}").Name);
            Assert.Equal("GET /{id}/events", Server("GET", $"/{i}/events").Name);
            Assert.Equal("GET /a/very/long/{**path}", Server("GET", $"/a/very/long/{i}{new string('x', i)}").Name);
        }
    }

    [Fact]
    public void A_path_with_an_id_is_told_from_a_route_that_looks_the_same()
    {
        _operations.Learn(HttpRoutes.Of("GET", "/executions/{id}", "/executions/{id}/events", "/executions/summary"));
        for (var i = 1_000_000; i < 1_000_100; i++)
        {
            Assert.Equal("GET /executions/{id}", Server("GET", $"/executions/{i}").Name);
            Assert.Equal("GET /executions/summary", Server("GET", "/executions/summary").Name); // as long as the one before
            Assert.Equal("GET /executions/{id}", Server("GET", $"/executions/{i}-events").Name);
            Assert.Equal("GET /executions/{id}/events", Server("GET", $"/executions/{i}/events").Name);
            Assert.Equal("other", Server("POST", $"/executions/{i}").Name);
        }
    }

    [Fact]
    public void Unknown_paths_and_endless_names_make_no_endless_operations()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Server("GET", $"/scan/{i}");
            _operations.Of(new SamplingParameters(default, default, $"work {i}", ActivityKind.Internal));
        }

        Assert.Equal(SampledOperations.Max + 1, _operations.All.Count());
        Assert.Equal("other", _operations.Of(new SamplingParameters(default, default, "one more", ActivityKind.Internal)).Name);
    }

    [Fact]
    public void A_message_without_a_trace_belongs_to_its_topic()
    {
        var parameters = new SamplingParameters(default, default, "kafka.consume", ActivityKind.Consumer, [new("messaging.destination.name", "execution_events")]);

        Assert.Equal("execution_events", _operations.Of(parameters).Name);
    }

    private SampledOperation Server(string method, string path) => _operations.Of(Request(method, path));

    private static SamplingParameters Request(string method, string path) =>
        new(default, default, "request", ActivityKind.Server, [new("http.request.method", method), new("url.path", path)]);
}
