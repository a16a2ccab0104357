using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Integr8sCode.Correlation;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Executions;

/// <summary><c>POST /api/v1/execute</c>, and <c>POST /execute</c> for short.</summary>
internal static class SubmissionEndpoint
{
    private const string WaitDescription =
        "Seconds to wait for the result, 0 (the default) to 30: 200 with the ended execution and its output, or 202 where it takes longer.";

    public static async Task<Results<Accepted<AcceptedExecutionView>, Ok<ExecutionView>, ValidationProblem, ProblemHttpResult>> SubmitAsync(
        SubmitExecution submission, [FromQuery, Description(WaitDescription)] string? wait, HttpContext http, LanguageDirectory languages,
        ExecutionJournal journal, ResultWaiting waiting, CancellationToken cancellationToken)
    {
        var request = submission.ToRequest();
        var errors = ExecutionRules.FindErrors(request).DistinctBy(error => error.Field)
            .ToDictionary(error => error.Field, error => new[] { error.Message });
        if (!ResultWaiting.TryRead(wait, out var limit))
        {
            errors["wait"] = [ResultWaiting.Expected];
        }

        if (!IdempotencyKey.TryRead(http.Request, out var key))
        {
            errors[IdempotencyKey.Header] = ["Exactly one value of 1 to 128 visible ASCII characters."];
        }

        if (errors.Count == 0 && !await CheckLanguageAsync(request, languages, errors, cancellationToken))
        {
            http.Response.Headers.RetryAfter = "5";
            return TypedResults.Problem(
                "No execution-worker has announced its languages yet.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var asked = new NewExecution(Guid.CreateVersion7(), http.User.Id(), CorrelationId.Of(http), request, key);
        Tag(request);
        var stored = await journal.AcceptAsync(asked, cancellationToken);
        SpanTags.Of(stored.Id); // with an idempotency key that was used, it is an earlier one

        if (stored.Id != asked.Id && !stored.Request.IsSameAs(request))
        {
            return TypedResults.Problem(
                $"This {IdempotencyKey.Header} was used with another body.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        var (execution, ended) = await waiting.WaitAsync(stored, limit, cancellationToken);

        return ended is null ? Accepted(execution, waiting.Linker) : TypedResults.Ok(ended);
    }

    public static Accepted<AcceptedExecutionView> Accepted(Execution execution, ExecutionLinker linker)
    {
        var links = linker.LinksOf(execution);
        return TypedResults.Accepted(links.Self, new AcceptedExecutionView(execution.Id, execution.State.Status, execution.TraceId, links));
    }

    /// <returns>False while nobody knows which languages there are.</returns>
    private static async Task<bool> CheckLanguageAsync(
        ExecutionRequest request, LanguageDirectory languages, Dictionary<string, string[]> errors, CancellationToken cancellationToken)
    {
        var known = await languages.ListAsync(cancellationToken);
        if (known.Count == 0)
        {
            return false;
        }

        var versions = known.Where(language => language.Name == request.Language).ToList();
        var matching = versions.Where(language => LanguageVersion.Matches(request.Version, language.Version)).ToList();
        if (versions.Count == 0)
        {
            var names = string.Join(", ", known.Select(language => language.Name).Distinct());
            errors["language"] = [$"Unknown language; this installation runs {names}."];
        }
        else if (matching.Count == 0)
        {
            errors["version"] = [$"Unknown version; installed: {string.Join(", ", versions.Select(language => language.Version))}."];
        }
        else
        {
            foreach (var (field, message) in matching[0].FindRefused(request))
            {
                errors.TryAdd(field, [message]);
            }
        }

        return true;
    }

    private static void Tag(ExecutionRequest request)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag(SpanAttributes.ExecutionLanguage, request.Language);
            span.SetTag(SpanAttributes.ExecutionScriptLength, Encoding.UTF8.GetByteCount(request.Script));
        }
    }
}
