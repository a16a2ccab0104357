using System.Net;
using System.Net.Http.Json;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Notifications;

[Collection<SharedPlatform>]
public sealed class NotificationStreamTests : IAsyncLifetime
{
    private const string Stream = "/api/v1/notifications/stream";
    private const string Users = "/api/v1/admin/users";

    private readonly LocalPlatform _platform;
    private readonly ApiUser _admin;
    private readonly string _id = $"listener-{Guid.CreateVersion7():N}";
    private ApiUser? _user;

    public NotificationStreamTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _admin = new(_platform.Api, _platform.Keys.Admin);
    }

    private ApiUser User => _user!;

    public async ValueTask InitializeAsync()
    {
        using var user = await _admin.PostAsync(Users, new { user_id = _id, role = "user" });
        using var key = await _admin.PostAsync($"{Users}/{_id}/keys", new { });
        _user = new(_platform.Api, (await ApiUser.ReadAsync(key))["key"]!.GetValue<string>());
        using var bypass = await _admin.Http.PutAsync(
            $"{Users}/{_id}/rate-limits", JsonContent.Create(new { bypass = true }), TestContext.Current.CancellationToken);
        Assert.True(bypass.IsSuccessStatusCode);
    }

    public ValueTask DisposeAsync()
    {
        _user?.Dispose();
        _admin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_reader_is_told_what_is_unread_and_then_each_notification_of_the_user_alone()
    {
        var earlier = await NotifyAsync(User);
        await using var one = User.StreamAsync(Stream).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using var two = User.StreamAsync(Stream).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using var other = _admin.StreamAsync(Stream).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        foreach (var reader in new[] { one, two })
        {
            Assert.Equal(("state", 1), ((await NextAsync(reader)).Event, reader.Current.Data["unread"]!.GetValue<int>()));
        }

        Assert.Equal("state", (await NextAsync(other)).Event);
        var told = new[] { await NotifyAsync(User), await NotifyAsync(User) };
        var others = await NotifyAsync(_admin);

        foreach (var reader in new[] { one, two })
        {
            Assert.Equal((told[0], told[1]), (IdOf(await NextAsync(reader)), IdOf(await NextAsync(reader))));
            Assert.Equal("delivered", reader.Current.Data["status"]!.GetValue<string>());
        }

        Assert.Equal(others, IdOf(await NextAsync(other)));
        Assert.DoesNotContain(earlier, told);
    }

    [Fact]
    public async Task Fifty_readers_are_told_the_same()
    {
        var readers = Enumerable.Range(0, 50).Select(_ => User.StreamAsync(Stream).GetAsyncEnumerator(TestContext.Current.CancellationToken)).ToList();
        await Task.WhenAll(readers.Select(NextAsync));

        var told = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            told.Add(await NotifyAsync(User));
        }

        foreach (var expected in told)
        {
            var items = await Task.WhenAll(readers.Select(NextAsync));
            Assert.All(items, item => Assert.Equal(expected, IdOf(item)));
        }

        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_execution_that_ends_is_told_to_who_listens()
    {
        await using var reader = User.StreamAsync(Stream).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await NextAsync(reader);

        var execution = await User.SubmitAsync("print(1)");

        Assert.Equal(execution, (await NextAsync(reader)).Data["execution_id"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task A_stream_resumes_after_any_of_its_items_without_gap_or_repetition()
    {
        var items = new List<StreamedItem>();
        var told = new List<string>();
        await using (var reader = User.StreamAsync(Stream).GetAsyncEnumerator(TestContext.Current.CancellationToken))
        {
            items.Add(await NextAsync(reader));
            for (var i = 0; i < 12; i++) // more than an id remembers
            {
                told.Add(await NotifyAsync(User));
                items.Add(await NextAsync(reader));
            }
        }

        told.Add(await NotifyAsync(User)); // while nobody listened
        for (var had = 0; had < items.Count; had++)
        {
            await using var rest = User.StreamAsync(Stream, items[had].Id).GetAsyncEnumerator(TestContext.Current.CancellationToken);
            foreach (var expected in told.Skip(had))
            {
                Assert.Equal(expected, IdOf(await NextAsync(rest)));
            }
        }

        await using var live = User.StreamAsync(Stream, items[^1].Id).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.Equal(told[^1], IdOf(await NextAsync(live)));
        var last = await NotifyAsync(User);
        Assert.Equal(last, IdOf(await NextAsync(live)));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1-2")]
    [InlineData("ffffffffffffffff-019a0000000070008000000000000000")]
    [InlineData("1-019a0000000070008000000000000000.")]
    public async Task An_id_that_the_stream_never_gave_out_is_a_bad_request(string lastEventId)
    {
        using var response = await User.OpenStreamAsync(Stream, lastEventId);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.ReadAsync(response))["errors"]!["Last-Event-ID"]);
    }

    [Fact]
    public async Task The_request_s_span_ends_with_the_headers_and_listening_leaves_no_spans()
    {
        using var traces = new TraceReader(_platform.Traces);
        var trace = Guid.CreateVersion7().ToString("N");
        await using var reader = User.StreamAsync(Stream, traceParent: $"00-{trace}-b7ad6b7169203331-01")
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await NextAsync(reader);

        var server = (await traces.ReadAsync(trace, span => span.Kind == "server")).Single(span => span.Kind == "server");

        Assert.Equal(("GET /api/v1/notifications/stream", "200"), (server.Name, server.Text("http.response.status_code")));
        await NotifyAsync(User);
        await NextAsync(reader);
        Assert.DoesNotContain(await traces.FindAsync(trace), span => span.Text("db.collection.name") == "notifications");
    }

    private static async Task<StreamedItem> NextAsync(IAsyncEnumerator<StreamedItem> reader)
    {
        Assert.True(await reader.MoveNextAsync());
        return reader.Current;
    }

    private static string IdOf(StreamedItem item)
    {
        Assert.Equal("notification", item.Event);
        return item.Data["notification_id"]!.GetValue<string>();
    }

    private static async Task<string> NotifyAsync(ApiUser user)
    {
        using var response = await user.PostAsync("/api/v1/notifications/subscriptions/in_app/test");
        return (await ApiUser.ReadAsync(response))["notification_id"]!.GetValue<string>();
    }
}
