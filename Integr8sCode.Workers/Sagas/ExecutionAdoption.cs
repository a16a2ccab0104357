using System.Text;
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

    /// <summary>The bounds that the API checks for its callers; a message outside them is a dead letter.</summary>
    private static void Check(Event message, ExecutionRequest request)
    {
        Require(message.ExecutionId != Guid.Empty, "execution_id");
        Require(!string.IsNullOrWhiteSpace(message.UserId), "user_id");
        Require(request.Script is { Length: > 0 } && Fits(request.Script, ExecutionRequest.MaxScriptBytes), "script");
        Require(!string.IsNullOrWhiteSpace(request.Language), "language");
        Require(Fits(request.Stdin, ExecutionRequest.MaxStdinBytes), "stdin");
        Require(request.Args is { Count: <= ExecutionRequest.MaxArgs } args
            && args.All(arg => arg is not null && !arg.Contains('\0') && Fits(arg, ExecutionRequest.MaxArgBytes)), "args");
        Require(request.TimeoutSeconds is null or (>= 1 and <= ExecutionRequest.MaxTimeoutSeconds), "timeout_seconds");
        Require(!ExecutionFiles.FindErrors(request.Files).Any(), "files");
        Require(request.Env.Count <= ExecutionRequest.MaxEnv
            && request.Env.Values.All(value => value is not null && !value.Contains('\0') && Fits(value, ExecutionRequest.MaxEnvBytes)), "env");
    }

    private static bool Fits(string? text, int bytes) => text is null || Encoding.UTF8.GetByteCount(text) <= bytes;

    private static void Require(bool holds, string field)
    {
        if (!holds)
        {
            throw new JsonException($"The {field} of an {EventTypes.ExecutionRequested} is out of bounds.");
        }
    }
}
