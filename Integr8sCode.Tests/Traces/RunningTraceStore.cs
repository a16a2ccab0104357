using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Integr8sCode.Ingest;
using Microsoft.AspNetCore.Builder;

namespace Integr8sCode.Traces;

/// <summary>The trace store inside the test process, on a free port and with a folder of its own.</summary>
internal sealed class RunningTraceStore : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private RunningTraceStore(WebApplication app, DirectoryInfo folder)
    {
        _app = app;
        _folder = folder;
        Url = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }
    public HttpClient Client { get; }
    public IServiceProvider Services => _app.Services;

    /// <summary>The size of the database file, without its write-ahead log.</summary>
    public long DatabaseBytes => new FileInfo(Path.Combine(_folder.FullName, "traces.db")).Length;

    /// <param name="settings">As on a command line, for instance <c>TraceStore:MaxAge=00:01:00</c>.</param>
    public static async Task<RunningTraceStore> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("traces-");
        var app = TraceStoreApp.Build(
            ["--urls=http://127.0.0.1:0", $"--TraceStore:Path={folder.FullName}/traces.db", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning", .. settings.Select(s => $"--{s}")]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, folder);
    }

    public Task<HttpResponseMessage> SendAsync(byte[] body, string contentType = ExportAnswer.ContentType, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return Client.PostAsync("/v1/traces", content, TestContext.Current.CancellationToken);
    }

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await Client.GetStringAsync(path, TestContext.Current.CancellationToken))!;

    /// <summary>Compares the whole answer; line ends in <paramref name="expected"/> are there for the reader.</summary>
    public async Task AnswersAsync(string path, string expected, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(expected.ReplaceLineEndings(""), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(status, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
