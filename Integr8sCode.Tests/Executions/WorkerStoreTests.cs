using System.Text.Json;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public abstract class WorkerStoreTests(TestStores stores) : StoreTests(stores)
{
    private IWorkerStore Store => Stores.Get<IWorkerStore>();

    [Fact]
    public async Task An_announcement_comes_back_as_it_was()
    {
        var announcement = new WorkerAnnouncement(
            "worker-1", 4,
            [new("python", "3.11.2", "main.py", "print(1)", new(10, 300, 10, 1 << 28, 64, 1 << 20, 1 << 26, 256, 1 << 26))], Noon);

        await Store.AnnounceAsync(announcement, Cancellation);

        Assert.Equal(ToJson(announcement), ToJson(Assert.Single(await Store.ListAsync(Cancellation))));
    }

    [Fact]
    public async Task A_worker_replaces_its_earlier_announcement()
    {
        await Store.AnnounceAsync(new("worker-1", 4, [], Noon), Cancellation);
        await Store.AnnounceAsync(new("worker-1", 8, [], Noon), Cancellation);
        await Store.AnnounceAsync(new("worker-2", 2, [], Noon), Cancellation);

        Assert.Equal([2, 8], (await Store.ListAsync(Cancellation)).Select(worker => worker.Slots).Order());
    }

    [Fact]
    public async Task An_announcement_outlives_its_worker_by_a_week()
    {
        await Store.AnnounceAsync(new("gone", 1, [], Noon), Cancellation);

        await Store.AnnounceAsync(new("worker-1", 1, [], Noon.AddDays(7)), Cancellation);
        Assert.Equal(2, (await Store.ListAsync(Cancellation)).Count);

        await Store.AnnounceAsync(new("worker-1", 1, [], Noon.AddDays(7).AddTicks(1)), Cancellation);
        Assert.Equal("worker-1", Assert.Single(await Store.ListAsync(Cancellation)).WorkerId);
    }

    private static string ToJson(WorkerAnnouncement announcement) =>
        JsonSerializer.Serialize(announcement, CoreJson.Default.WorkerAnnouncement);
}
