using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.HealthChecks;

/// <summary>The answer of a probe: which check says what, without exceptions or data, which may hold connection strings.</summary>
internal sealed record HealthReportBody(string Status, IEnumerable<HealthReportBody.Check> Checks)
{
    public static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(Of(report), context.RequestAborted);

    private static HealthReportBody Of(HealthReport report) =>
        new(report.Status.ToString(), report.Entries.Select(entry => Check.Of(entry.Key, entry.Value)));

    internal sealed record Check(string Name, string Status, string? Description)
    {
        public static Check Of(string name, HealthReportEntry entry) => new(name, entry.Status.ToString(), Describe(entry));

        // The framework describes a check that threw by the exception's message.
        private static string? Describe(HealthReportEntry entry) =>
            entry.Exception is { } exception && exception.Message == entry.Description
                ? $"The check failed with {exception.GetType().Name}."
                : entry.Description;
    }
}
