using System.Net;
using System.Net.Sockets;
using System.Text;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Executions;

/// <summary>What streams promise of two API processes, and of readers that are too many or too slow.</summary>
public sealed class ReplicatedStreamTests(ReplicatedStreamTests.TwoBackends platform) : IClassFixture<ReplicatedStreamTests.TwoBackends>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_whose_replica_stops_goes_on_at_another_one()
    {
        using var first = new ApiUser(platform.First.Address, platform.Key);
        using var second = new ApiUser(platform.Second.Address, platform.Key);
        var id = await second.SubmitAsync("import time\nfor i in range(12):\n  print(i, flush=True)\n  time.sleep(0.5)");
        var items = new List<StreamedItem>();
        Task? stopping = null;
        await foreach (var item in first.StreamAsync(id))
        {
            items.Add(item);
            if (item.Kind == "output")
            {
                stopping ??= platform.First.StopAsync(TimeSpan.FromSeconds(10));
            }
        }

        await stopping!;
        Assert.NotEqual("end", items[^1].Kind);
        items.AddRange(await second.ReadToEndAsync(id, items[^1].Id));
        await platform.First.StartAsync(Stop);

        Assert.Equal(string.Concat(Enumerable.Range(0, 12).Select(i => $"{i}\n")), items.Output());
        Assert.Equal(
            ["state", "execution.requested", "execution.scheduled", "execution.started", "execution.completed", "result", "end"],
            items.Select(item => item.Kind).Where(kind => kind != "output"));
    }

    [Fact]
    public async Task Silence_is_broken_by_comments()
    {
        using var user = new ApiUser(platform.Second.Address, platform.Key);
        var id = await user.SubmitAsync("import time; time.sleep(60)");
        using var response = await OpenAsync(user, id);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));

        for (var comments = 0; comments < 3;)
        {
            comments += (await reader.ReadLineAsync(Stop))!.StartsWith(':') ? 1 : 0;
        }

        using var cancel = await user.PostAsync($"/api/v1/executions/{id}/cancel");
    }

    [Fact]
    public async Task A_user_and_a_process_have_only_so_many_streams()
    {
        using var user = new ApiUser(platform.First.Address, platform.Key);
        using var admin = new ApiUser(platform.First.Address, platform.AdminKey);
        var id = await user.SubmitAsync("import time; time.sleep(60)");

        using (await OpenAsync(user, id))
        {
            using (await OpenAsync(user, id))
            {
                using var third = await user.OpenStreamAsync(id);
                await IsRefusedAsync(third, HttpStatusCode.TooManyRequests);
                using var other = await OpenAsync(admin, id);
                using var fourth = await admin.OpenStreamAsync(id);
                await IsRefusedAsync(fourth, HttpStatusCode.ServiceUnavailable);
            }

            await Eventually.HoldsAsync(() => IsServedAsync(user, id));
        }

        using var cancel = await user.PostAsync($"/api/v1/executions/{id}/cancel");
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_dropped()
    {
        using var user = new ApiUser(platform.Second.Address, platform.Key);
        // More than the kernel's buffers hold, so that the stream cannot end while nobody reads it.
        var id = await user.SubmitAsync(new
        {
            script = "import sys; sys.stdout.write('x' * 4_000_000); sys.stderr.write('x' * 4_000_000)",
            language = "python",
            limits = new { output_bytes = 4 << 20 },
        });
        Assert.Equal("completed", (await user.GetEndedAsync(id))["status"]!.GetValue<string>());
        using var idle = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await idle.ConnectAsync(IPAddress.Loopback, platform.Second.Address.Port, Stop);
        await idle.SendAsync(
            Encoding.ASCII.GetBytes($"GET /api/v1/executions/{id}/stream HTTP/1.1\r\nHost: x\r\nX-API-Key: {platform.Key}\r\n\r\n"), SocketFlags.None, Stop);
        using var open = await OpenAsync(user, await user.SubmitAsync("import time; time.sleep(60)"));

        // These are the user's two streams: a third is served once the one that nobody reads is gone.
        await Eventually.HoldsAsync(() => IsServedAsync(user, id));
    }

    /// <summary>A stream, once the server has noticed that those of an earlier test are gone.</summary>
    private static Task<HttpResponseMessage> OpenAsync(ApiUser user, Guid id) =>
        Eventually.SeesAsync(() => user.OpenStreamAsync(id), response => response.StatusCode is HttpStatusCode.OK);

    private static async Task<bool> IsServedAsync(ApiUser user, Guid id)
    {
        using var response = await user.OpenStreamAsync(id);
        return response.IsSuccessStatusCode;
    }

    private static async Task IsRefusedAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.Equal((expected, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.NotNull((await ApiUser.ReadAsync(response))["traceId"]);
    }

    public sealed class TwoBackends : IAsyncLifetime
    {
        private PlatformUnderTest? _test;

        internal Service First => _test!.Platform[Services.Backend];

        internal Service Second => _test!.Platform[$"{Services.Backend}-2"];

        public string Key => _test!.Platform.Keys.User;

        public string AdminKey => _test!.Platform.Keys.Admin;

        public async ValueTask InitializeAsync() => _test = await PlatformUnderTest.StartAsync(
            options => (options with
            {
                Replicas = new Dictionary<string, int> { [Services.Backend] = 2 },
                Without = new HashSet<string> { Services.TraceStore },
            })
            .With("OTEL_TRACES_EXPORTER", "none")
            .With("Streams__Heartbeat", "00:00:00.2")
            .With("Streams__WriteTimeout", "00:00:01")
            .With("Streams__MaxPerUser", "2")
            .With("Streams__MaxPerProcess", "3"),
            TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (_test is not null) await _test.DisposeAsync();
        }
    }
}
