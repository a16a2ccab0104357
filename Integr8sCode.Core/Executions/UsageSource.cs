using System.Text.Json.Serialization;

namespace Integr8sCode.Executions;

/// <summary>Where CPU time and peak memory were read.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<UsageSource>))]
public enum UsageSource
{
    /// <summary>The control group of the run: the whole process tree, file pages and temporary files included.</summary>
    Cgroup,

    /// <summary>
    /// The kernel's account of ended children, where there is no control group: CPU time without processes that were killed with the
    /// sandbox, and the resident set of the largest single process.
    /// </summary>
    Wait4,
}
