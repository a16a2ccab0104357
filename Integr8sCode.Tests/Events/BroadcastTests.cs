using System.Collections.Concurrent;
using System.Text;
using Integr8sCode.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Events;

public sealed class BroadcastTests
{
    [Fact]
    public async Task What_one_says_everybody_hears_once_without_headers()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        Member[] members = [new(), new(), new()];
        using var hosts = new DisposableHosts([.. members.Select(member => Build(broker.Bootstrap, member))]);
        await hosts.StartAsync();
        members[0].Say("first");
        members[1].Say("second");

        await Eventually.HoldsAsync(() => members.All(member => member.Heard.Contains("first") && member.Heard.Contains("second")));
        Assert.All(members, member => Assert.Single(member.Heard, said => said == "first"));
        Assert.All(outside.Read(Topics.TraceKeep, 2), record => Assert.Equal((0, 0), (record.Message.Headers.Count, record.Partition.Value)));
    }

    [Fact]
    public async Task Who_joins_late_hears_what_was_said_since_it_started_and_nothing_older()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        await outside.SendAsync("old news"u8.ToArray(), Topics.TraceKeep, TimeProvider.System.GetUtcNow().AddDays(-1));
        await outside.SendAsync("news"u8.ToArray(), Topics.TraceKeep, TimeProvider.System.GetUtcNow());
        var late = new Member();
        using var hosts = new DisposableHosts([Build(broker.Bootstrap, late)]);
        await hosts.StartAsync();
        late.Say("own");

        await Eventually.HoldsAsync(() => late.Heard.Contains("own"));
        Assert.Equal(["news", "own"], late.Heard);
    }

    [Fact]
    public async Task A_process_that_has_nothing_to_say_is_no_member()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var hosts = new DisposableHosts([Build(broker.Bootstrap, null)]);
        await hosts.StartAsync();

        Assert.DoesNotContain(hosts.Services, service => service.GetType().Name.StartsWith("Broadcast", StringComparison.Ordinal));
    }

    private static IHost Build(string bootstrap, Member? member)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        var stores = new MessagingStores();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:kafka", bootstrap), new("Kafka:GroupProtocol", "consumer")]);
        builder.Services.AddSingleton<IEventStore>(stores).AddSingleton<Leases.ILeaseStore>(stores);
        if (member is not null) builder.Services.AddSingleton(member);
        builder.AddKafka();
        builder.AddBroadcast<Member>(Topics.TraceKeep, (end, say) => end.Say = text => say(Encoding.UTF8.GetBytes(text)), (end, said) => end.Hear(said));
        return builder.Build();
    }

    private sealed class Member
    {
        public Action<string> Say { get; set; } = _ => throw new InvalidOperationException("not connected");

        public ConcurrentQueue<string> Heard { get; } = new();

        public void Hear(byte[] said) => Heard.Enqueue(Encoding.UTF8.GetString(said));
    }

    private sealed class DisposableHosts(IHost[] hosts) : IDisposable
    {
        public IEnumerable<IHostedService> Services => hosts.SelectMany(host => host.Services.GetServices<IHostedService>());

        public Task StartAsync() => Task.WhenAll(hosts.Select(host => host.StartAsync(TestContext.Current.CancellationToken)));

        public void Dispose() => Array.ForEach(hosts, host => host.Dispose());
    }
}
