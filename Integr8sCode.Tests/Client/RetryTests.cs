using System.Net;
using System.Net.Http.Headers;

namespace Integr8sCode.Client;

public sealed class RetryTests
{
    private const string Accepted = """{"execution_id":"01a2027e-404c-79cb-b549-3bf3ca0c17fc","status":"queued","new_field":1}""";
    private const string State = """{"execution_id":"01a2027e-404c-79cb-b549-3bf3ca0c17fc","status":"running"}""";

    private static readonly Submission Hello = new("print(1)", "python");

    private readonly PausesOnPaper _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task What_is_busy_is_asked_again_when_it_says_and_with_the_same_key(HttpStatusCode busy)
    {
        var handler = new AnsweringHandler(
            () => Refusal(busy, TimeSpan.FromSeconds(7)), () => Refusal(busy, TimeSpan.FromSeconds(3)), () => Answer(Accepted));
        using var client = ClientOf(handler);

        var execution = await client.SubmitAsync(Hello, Stop);

        Assert.Equal(ExecutionStatus.Queued, execution.Status);
        Assert.Equal([7, 3], _clock.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal(3, handler.Requests.Count);
        Assert.Single(handler.Requests.Select(request => Assert.Single(request.Headers.GetValues("Idempotency-Key"))).Distinct());
    }

    [Fact]
    public async Task A_pause_that_is_longer_than_the_caller_wants_is_not_waited_for()
    {
        using var client = ClientOf(new AnsweringHandler(() => Refusal(HttpStatusCode.TooManyRequests, TimeSpan.FromHours(2))));

        var problem = await Assert.ThrowsAsync<Integr8sException>(() => client.SubmitAsync(Hello, Stop));

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromHours(2)), (problem.StatusCode, problem.RetryAfter));
        Assert.Empty(_clock.Pauses);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_after_growing_pauses_until_the_attempts_are_used_up()
    {
        var handler = new AnsweringHandler([.. Enumerable.Repeat<Func<HttpResponseMessage>>(() => throw new HttpRequestException("refused"), 5)]);
        using var client = ClientOf(handler);

        var problem = await Assert.ThrowsAsync<Integr8sException>(() => client.GetAsync(Guid.CreateVersion7(), Stop));

        Assert.Null(problem.StatusCode);
        Assert.Contains("cannot be reached: refused", problem.Message, StringComparison.Ordinal);
        Assert.Equal(4, _clock.Pauses.Count);
        Assert.All(_clock.Pauses.Zip([0.5, 1, 2, 4]), pause => Assert.InRange(pause.First.TotalSeconds, pause.Second / 2, pause.Second));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task What_asking_again_cannot_help_is_told_at_once_with_all_that_the_problem_says(HttpStatusCode status)
    {
        const string Problem = """{"title":"No","errors":{"script":["A script is required."]},"traceId":"cf8de0af78a2e212bfb63c708f65f69e"}""";
        using var client = ClientOf(new AnsweringHandler(() => Answer(Problem, status)));

        var problem = await Assert.ThrowsAsync<Integr8sException>(() => client.SubmitAsync(Hello, Stop));

        Assert.Equal($"{(int)status}: script: A script is required.", problem.Message);
        Assert.Equal(["A script is required."], problem.Errors["script"]);
        Assert.Equal("cf8de0af78a2e212bfb63c708f65f69e", problem.TraceId);
        Assert.Empty(_clock.Pauses);
    }

    [Fact]
    public async Task An_answer_that_is_no_problem_json_is_told_all_the_same()
    {
        using var client = ClientOf(new AnsweringHandler(() => Answer("<html>", HttpStatusCode.BadGateway)));

        var problem = await Assert.ThrowsAsync<Integr8sException>(() => client.GetAsync(Guid.CreateVersion7(), Stop));

        Assert.Equal("502: Bad Gateway", problem.Message);
    }

    [Fact]
    public async Task A_stream_goes_on_behind_the_last_id_and_gives_up_when_nothing_comes_any_more()
    {
        var handler = new AnsweringHandler(
            [() => Answer($"id: 1-1\nevent: state\ndata: {State}\n\n"), .. Enumerable.Repeat(() => Answer(""), 5)]);
        using var client = ClientOf(handler);
        var updates = new List<ExecutionUpdate>();

        await Assert.ThrowsAsync<Integr8sException>(async () =>
        {
            await foreach (var update in client.StreamAsync(Guid.CreateVersion7(), Stop)) updates.Add(update);
        });

        Assert.IsType<ExecutionUpdate.State>(Assert.Single(updates));
        Assert.False(handler.Requests[0].Headers.Contains("Last-Event-ID"));
        Assert.All(handler.Requests.Skip(1), request => Assert.Equal(["1-1"], request.Headers.GetValues("Last-Event-ID")));
        Assert.Equal(4, _clock.Pauses.Count);
    }

    private Integr8sClient ClientOf(HttpMessageHandler handler) =>
        new(new HttpClient(handler) { BaseAddress = new("http://integr8s.example/") }, new() { Clock = _clock });

    private static HttpResponseMessage Answer(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body) };

    private static HttpResponseMessage Refusal(HttpStatusCode status, TimeSpan retryAfter)
    {
        var response = Answer("{}", status);
        response.Headers.RetryAfter = new RetryConditionHeaderValue(retryAfter);
        return response;
    }
}
