using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integr8sCode.Events;
using Integr8sCode.Notifications;

namespace Integr8sCode.DeadLetters;

public sealed class EditDeadLetterTests
{
    [Fact]
    public void An_edited_event_keeps_the_order_of_its_topic()
    {
        var requested = Sample.Event();
        var time = TimeProvider.System.GetUtcNow();
        var announcement = Samples.Of(time, user: "alice").Announcement(new("result-processor", time, TraceParent: null, TraceState: null));

        Assert.Equal(requested.ExecutionId.ToString(), KeyOf(requested));
        Assert.Equal("alice", KeyOf(announcement));
    }

    private static string KeyOf(Event message)
    {
        var value = JsonNode.Parse(JsonSerializer.Serialize(message, CoreJson.Default.Event))!.AsObject();
        Assert.Empty(new EditDeadLetter(value, "put right").Validate(out var edit));

        return Encoding.UTF8.GetString(edit!.Key!);
    }
}
