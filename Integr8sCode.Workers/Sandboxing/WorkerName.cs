using System.Globalization;

namespace Integr8sCode.Sandboxing;

/// <summary>Names what a worker leaves on the machine, so that the next one can tell what belongs to nobody.</summary>
internal static class WorkerName
{
    public const string Prefix = "integr8scode-";

    public static string Create() => $"{Prefix}{Environment.ProcessId}-{Guid.CreateVersion7():N}";

    public static bool IsOfDeadProcess(string name) =>
        name.Split('-') is [_, var processId, _]
        && int.TryParse(processId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && !Directory.Exists($"/proc/{id}");
}
