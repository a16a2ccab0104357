using System.Net;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Replays;

/// <summary>An admin who replays.</summary>
internal sealed class ReplayUser(Uri api, string adminKey) : IDisposable
{
    private const string Path = "/api/v1/admin/replays";

    public ReplayUser(LocalPlatform platform) : this(platform.Api, platform.Keys.Admin)
    {
    }

    public ApiUser Admin { get; } = new(api, adminKey);

    public async Task<Guid> CreateAsync(object body)
    {
        using var response = await Admin.PostAsync(Path, body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var created = await ApiUser.ReadAsync(response);
        Assert.Equal($"{Path}/{created["replay_id"]}", response.Headers.Location!.OriginalString);
        return created["replay_id"]!.GetValue<Guid>();
    }

    public async Task<Guid> StartAsync(object body)
    {
        var id = await CreateAsync(body);
        await MoveAsync(id, "start");
        return id;
    }

    public async Task MoveAsync(Guid id, string move)
    {
        using var response = await Admin.PostAsync($"{Path}/{id}/{move}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public Task<JsonNode> GetAsync(Guid id) => Admin.GetAsync($"{Path}/{id}");

    public Task<JsonNode> GetInAsync(Guid id, string status) =>
        Eventually.SeesAsync(() => GetAsync(id), replay => replay["status"]!.GetValue<string>() == status);

    public Task<JsonNode> GetReplayedAsync(Guid id, long count) =>
        Eventually.SeesAsync(() => GetAsync(id), replay => CountOf(replay) >= count);

    public static long CountOf(JsonNode replay, string name = "replayed") => replay["counts"]![name]!.GetValue<long>();

    public async Task<HttpStatusCode> DeleteAsync(Guid id)
    {
        using var response = await Admin.Http.DeleteAsync($"{Path}/{id}", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public void Dispose() => Admin.Dispose();
}
