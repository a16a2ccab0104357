using System.Net;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.AppHost;

/// <summary>What the platform promises while something that it stands on is gone. A platform of their own: they break it.</summary>
public abstract class OutageScenarios
{
    private const int Before = 5;
    private const int Meanwhile = 3;
    private const int After = 5;

    private protected abstract ITestPlatform Platform { get; }

    [Fact]
    public Task Nothing_accepted_is_lost_when_the_broker_goes_and_comes_back() => NothingIsLostAsync(Services.Broker);

    private protected async Task NothingIsLostAsync(string service)
    {
        using var user = new ApiUser(Platform.Api, Platform.UserKey);
        List<Guid> accepted = [];
        for (var i = 0; i < Before; i++) accepted.Add(await user.SubmitAsync("print(1)"));

        await Platform.StopAsync(service);
        for (var i = 0; i < Meanwhile; i++)
        {
            if (await TrySubmitAsync(user) is { } id) accepted.Add(id);
        }

        await Platform.StartAsync(service);
        while (accepted.Count < Before + After)
        {
            accepted.Add((Guid)(await Eventually.SeesAsync(() => TrySubmitAsync(user), id => id is not null))!);
        }

        foreach (var id in accepted)
        {
            Assert.Equal("completed", (await user.GetEndedAsync(id))["status"]!.GetValue<string>());
        }
    }

    /// <returns>The execution's id; <see langword="null"/> where the platform said that it could not take it.</returns>
    private static async Task<Guid?> TrySubmitAsync(ApiUser user)
    {
        using var answer = await user.PostAsync("/api/v1/execute", new { script = "print(2)", language = "python" });
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.ServiceUnavailable });
        return answer.StatusCode is HttpStatusCode.Accepted ? (await ApiUser.ReadAsync(answer))["execution_id"]!.GetValue<Guid>() : null;
    }
}
