using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Logging;

/// <summary>What each log record says about where it belongs.</summary>
internal readonly record struct LogContext(string? TraceId, string? SpanId, string? CorrelationId, string? ExecutionId)
{
    private const string ExecutionKey = "execution_id";

    /// <summary>Of the calling code: formatters run on the thread that logs.</summary>
    public static LogContext Current(IExternalScopeProvider? scopes)
    {
        var span = Activity.Current;
        return new LogContext(
            span?.TraceId.ToString(), span?.SpanId.ToString(), Find(scopes, Correlation.CorrelationId.LogKey), Find(scopes, ExecutionKey));
    }

    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        if (TraceId is not null) yield return new("trace_id", TraceId);
        if (SpanId is not null) yield return new("span_id", SpanId);
        if (CorrelationId is not null) yield return new(Correlation.CorrelationId.LogKey, CorrelationId);
        if (ExecutionId is not null) yield return new(ExecutionKey, ExecutionId);
    }

    private static string? Find(IExternalScopeProvider? scopes, string key)
    {
        var found = new string?[1];
        scopes?.ForEachScope((scope, result) => result[0] = Find(scope, key) ?? result[0], found); // the innermost comes last
        return found[0];
    }

    private static string? Find(object? scope, string key) =>
        (scope as IEnumerable<KeyValuePair<string, object?>>)?.FirstOrDefault(pair => pair.Key == key).Value?.ToString();
}
