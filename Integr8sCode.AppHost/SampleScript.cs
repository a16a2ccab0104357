using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Integr8sCode;

/// <summary>Two commands of the dashboard: try the platform, and see what it did.</summary>
internal static class SampleScript
{
    private const string Source = "print('Hello from the dashboard:', 6 * 7)";

    /// <param name="backend">The API; it gets the commands.</param>
    /// <param name="userKey">Key of the user who sends the script.</param>
    /// <param name="traces">The pages of the trace store.</param>
    public static IResourceBuilder<ProjectResource> WithSampleScript(
        this IResourceBuilder<ProjectResource> backend, ParameterResource userKey, ReferenceExpression traces)
    {
        string? lastTrace = null;
        return backend
            .WithHttpCommand("/api/v1/execute", "Send a sample script", endpointName: "http", commandName: "send-sample-script", commandOptions: new()
            {
                Description = "Runs one line of Python as the user of the development key.",
                IconName = "Play",
                IsHighlighted = true,
                Method = HttpMethod.Post,
                PrepareRequest = context => PrepareAsync(context, userKey),
                GetCommandResult = async context =>
                {
                    var (message, trace) = await ReadAsync(context.Response, context.CancellationToken);
                    lastTrace = trace ?? lastTrace;
                    return context.Response.IsSuccessStatusCode ? CommandResults.Success(message) : CommandResults.Failure(message);
                },
            })
            .WithCommand(
                "open-sample-trace",
                "Open its trace",
                async context => lastTrace is null
                    ? CommandResults.Failure("No script was sent from here yet.")
                    : Show($"{await traces.GetValueAsync(context.CancellationToken)}/trace/{lastTrace}"),
                new CommandOptions { Description = "What happened to the last sample script, and where its time went.", IconName = "Timeline" });
    }

    private static ExecuteCommandResult Show(string url) =>
        CommandResults.Success(url, $"[{url}]({url})", CommandResultFormat.Markdown, displayImmediately: true);

    private static async Task PrepareAsync(HttpCommandRequestContext context, ParameterResource userKey)
    {
        var key = await userKey.GetValueAsync(context.CancellationToken);
        context.Request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        context.Request.Content = JsonContent.Create(new { script = Source, language = "python" });
    }

    private static async Task<(string Message, string? Trace)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return ($"{(int)response.StatusCode} {body}", null);
        }

        using var accepted = JsonDocument.Parse(body);
        var trace = accepted.RootElement.TryGetProperty("trace_id", out var id) ? id.GetString() : null;
        return ($"Execution {accepted.RootElement.GetProperty("execution_id")} in trace {trace}", trace);
    }
}
