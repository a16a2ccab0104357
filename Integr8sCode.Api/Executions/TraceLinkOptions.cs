using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Executions;

/// <summary>Where a person opens a trace.</summary>
public sealed class TraceLinkOptions
{
    public const string Section = "Traces";

    /// <summary>Address of the trace UI; a trace is at <c>{Url}/trace/{trace id}</c>. Absent (the default): answers carry no trace link.</summary>
    [Url]
    public string? Url { get; set; }
}
