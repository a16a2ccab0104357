using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Notifications;

/// <summary>What a user does with notifications, over HTTP.</summary>
internal static class NotifiedUser
{
    public const string Subscriptions = "/api/v1/notifications/subscriptions";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Ends every subscription, so that a test begins with none of an earlier one.</summary>
    public static async Task UnsubscribeAsync(this ApiUser user)
    {
        foreach (var channel in new[] { "in_app", "webhook", "slack" })
        {
            using var response = await user.Http.DeleteAsync($"{Subscriptions}/{channel}", Stop);
        }
    }

    public static Task<HttpResponseMessage> PutAsync(this ApiUser user, string channel, object body) =>
        user.Http.PutAsJsonAsync($"{Subscriptions}/{channel}", body, Stop);

    public static async Task<JsonNode> SubscribeAsync(this ApiUser user, string channel, object body)
    {
        using var response = await user.PutAsync(channel, body);
        Assert.True(response.IsSuccessStatusCode, $"{channel}: {response.StatusCode}");

        return await ApiUser.ReadAsync(response);
    }

    /// <summary>The notification of that execution and channel, once it satisfies the condition.</summary>
    public static async Task<JsonNode> GetNotificationAsync(this ApiUser user, Guid execution, string channel, string status)
    {
        var found = await Eventually.SeesAsync(
            () => user.GetAsync($"/api/v1/notifications?include_tag=exec:{execution}&channel={channel}"),
            page => page["items"]!.AsArray() is [{ } one] && one["status"]!.GetValue<string>() == status);
        return found["items"]![0]!;
    }
}
