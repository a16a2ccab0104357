using System.Net;
using System.Net.Http.Json;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Users;

/// <summary>What becomes of streams that are open when their reader may no longer read.</summary>
[Collection<SharedPlatform>]
public sealed class OpenStreamTests : IAsyncLifetime
{
    private const string Users = "/api/v1/admin/users";

    private static readonly object Sleeping = new { script = "import time; time.sleep(60)", language = "python", timeout_seconds = 50 };

    private readonly string _id = $"reader-{Guid.CreateVersion7():N}";
    private readonly LocalPlatform _platform;
    private readonly ApiUser _admin;
    private ApiUser? _reader;
    private string? _keyId;

    public OpenStreamTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _admin = new(_platform.Api, _platform.Keys.Admin);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var user = await _admin.PostAsync(Users, new { user_id = _id, role = "admin" });
        using var key = await _admin.PostAsync($"{Users}/{_id}/keys", new { });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (user.StatusCode, key.StatusCode));
        var created = await ApiUser.ReadAsync(key);
        _keyId = created["key_id"]!.GetValue<string>();
        _reader = new(_platform.Api, created["key"]!.GetValue<string>());
    }

    [Fact]
    public Task A_deleted_key_s_notifications_are_no_longer_told() =>
        EndsAsync("/api/v1/notifications/stream", () => _admin.Http.DeleteAsync($"{Users}/{_id}/keys/{_keyId}", Stop));

    [Fact]
    public async Task A_disabled_user_s_execution_is_no_longer_told()
    {
        var id = await _reader!.SubmitAsync(Sleeping);

        await EndsAsync($"/api/v1/executions/{id}/stream", () => ChangeAsync(new { disabled = true }));

        using var cancel = await _admin.PostAsync($"/api/v1/executions/{id}/cancel");
    }

    [Fact]
    public async Task Who_is_no_longer_an_admin_is_no_longer_told_of_others_executions()
    {
        var id = await _admin.SubmitAsync(Sleeping);

        await EndsAsync($"/api/v1/executions/{id}/stream", () => ChangeAsync(new { role = "user" }));

        using var cancel = await _admin.PostAsync($"/api/v1/executions/{id}/cancel");
    }

    public async ValueTask DisposeAsync()
    {
        using var deletion = await _admin.Http.DeleteAsync($"{Users}/{_id}", Stop);
        _reader?.Dispose();
        _admin.Dispose();
    }

    private Task<HttpResponseMessage> ChangeAsync(object change) => _admin.Http.PatchAsJsonAsync($"{Users}/{_id}", change, Stop);

    private async Task EndsAsync(string path, Func<Task<HttpResponseMessage>> refuse)
    {
        var told = new List<string>();
        await foreach (var item in _reader!.StreamAsync(path))
        {
            told.Add(item.Event);
            if (told.Count == 1)
            {
                using var refused = await refuse();
                Assert.True(refused.IsSuccessStatusCode);
            }
        }

        Assert.Equal("state", told[0]);
        Assert.DoesNotContain("end", told);
    }
}
