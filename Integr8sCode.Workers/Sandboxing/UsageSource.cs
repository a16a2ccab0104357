namespace Integr8sCode.Sandboxing;

/// <summary>Where CPU time and peak memory were read.</summary>
internal enum UsageSource
{
    /// <summary>Not measured: this machine gives the worker no control group.</summary>
    None,

    /// <summary>The control group of the run, which holds the whole process tree.</summary>
    Cgroup,
}
