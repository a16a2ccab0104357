using System.Text.Json;
using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>Takes an <c>execution.requested</c> that another producer put on the topic for one of ours, inside its trace.</summary>
internal sealed class ExecutionAdoption(IExecutionStore executions, IEventStore events, ExecutionJournal journal)
{
    public async Task<Execution> AdoptAsync(Event message, CancellationToken cancellationToken)
    {
        var request = message.Read(CoreJson.Default.ExecutionRequest);
        Check(message, request);
        var accepted = Execution.Accept(
            new(message.ExecutionId, message.UserId, message.CorrelationId, request, EventId: message.EventId), journal.Now);
        var execution = await executions.AcceptAsync(accepted, cancellationToken);

        // It came from the broker, so nobody needs to bring it there.
        await events.MarkPublishedAsync([message.EventId], cancellationToken);

        return execution;
    }

    private static void Check(Event message, ExecutionRequest request)
    {
        var wrong = ExecutionRules.FindErrors(request).Select(error => error.Field)
            .Concat(message.ExecutionId == Guid.Empty ? ["execution_id"] : [])
            .Concat(string.IsNullOrWhiteSpace(message.UserId) ? ["user_id"] : []);
        if (wrong.FirstOrDefault() is { } field)
        {
            throw new JsonException($"The {field} of an {EventTypes.ExecutionRequested} is out of bounds.");
        }
    }
}
