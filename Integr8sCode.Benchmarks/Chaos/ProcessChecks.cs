using Integr8sCode.LoadRuns;
using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>What must be so of the platform's processes and of what they started.</summary>
internal sealed class ProcessChecks(LocalPlatform platform, FaultInjector faults, SteadyLoad load)
{
    private const int BySignal = 128;

    public IEnumerable<Check> All =>
    [
        new("every submission was accepted", _ => Task.FromResult<IReadOnlyList<string>>([.. load.Refused])),
        new("every service is healthy", FindUnhealthyAsync),
        new("no process ended by itself", _ => Task.FromResult<IReadOnlyList<string>>(FindCrashed())),
    ];

    /// <summary>To be asked once nothing is under way any more.</summary>
    public Check NothingLeft => new("no process of a script or of a killed worker is left", _ => Task.FromResult<IReadOnlyList<string>>(FindLeft()));

    private async Task<IReadOnlyList<string>> FindUnhealthyAsync(CancellationToken cancellationToken)
    {
        var unhealthy = new List<string>();
        foreach (var service in platform.All)
        {
            if (await HealthProbe.FindProblemAsync(service.Address, cancellationToken) is { } problem)
            {
                unhealthy.Add($"{service.Name}: {problem}");
            }
        }

        return unhealthy;
    }

    /// <summary>Each end must be one that was asked for: 0 or 143 after SIGTERM, 137 after SIGKILL, and no more of them than signals.</summary>
    private List<string> FindCrashed()
    {
        var crashed = new List<string>();
        foreach (var service in platform.All)
        {
            var sent = faults.Injected.Where(fault => fault.Name == service.Name).ToLookup(fault => fault.Signal);
            var killed = service.ExitCodes.Count(code => code == BySignal + (int)Signal.Kill);
            var stopped = service.ExitCodes.Count(code => code is 0 or (BySignal + (int)Signal.Terminate));
            if (killed > sent[Signal.Kill].Count() || stopped > sent[Signal.Terminate].Count() || killed + stopped < service.ExitCodes.Count)
            {
                crashed.Add($"{service.Name} ended with {string.Join(", ", service.ExitCodes)}");
                crashed.AddRange(service.Log.Lines.Where(line => line.Contains("nhandled exception", StringComparison.Ordinal)));
            }
        }

        return crashed;
    }

    /// <summary>A worker's process id is in the names of its sandboxes' control groups and folders.</summary>
    private List<string> FindLeft()
    {
        var dead = faults.Injected.Where(fault => fault.Service == PlatformUnderLoad.Worker).Select(fault => fault.ProcessId)
            .Except(platform.All.Select(service => service.ProcessId));
        string[] traces = [load.Marker, .. dead.Distinct().Select(id => $"integr8scode-{id}-")];
        return
        [
            .. Directory.EnumerateDirectories("/proc").Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]))
                .Select(process => (Id: Path.GetFileName(process), Command: Read($"{process}/cmdline"), Group: Read($"{process}/cgroup")))
                .Where(process => process.Command.Length > 0 // a zombie only waits for its parent
                    && traces.Any(trace => $"{process.Command}{process.Group}".Contains(trace, StringComparison.Ordinal)))
                .Select(process => $"process {process.Id}: {process.Command.Replace('\0', ' ')}"),
        ];
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ""; // the process has ended meanwhile
        }
    }
}
