using System.Diagnostics;
using System.Globalization;
using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>Processor time that services take from now on. Unlike a rate, it hardly changes when the machine has other work.</summary>
internal sealed class ProcessorUse(IEnumerable<Service> services)
{
    private const double IdleShare = 0.1;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(20);

    private readonly List<(Service Service, TimeSpan Before)> _services = [.. services.Select(service => (service, TimeOf(service)))];

    public void AddTo(LoadReport report, string title, int operations)
    {
        var shares = _services
            .Select(entry => (entry.Service.Name, Each: (TimeOf(entry.Service) - entry.Before).TotalMicroseconds / operations))
            .Where(share => share.Each >= 1)
            .Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Name} {share.Each:0} us"));
        report.AddNote($"{title,-34} {string.Join(", ", shares)}");
    }

    /// <summary>Waits until the services take less than a tenth of a processor: what a round has left to do is not done in the next one.</summary>
    public static async Task WaitUntilIdleAsync(IReadOnlyCollection<Service> services, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        TimeSpan before, after;
        do
        {
            before = Total();
            await Task.Delay(Look, cancellationToken);
            after = Total();
        }
        while ((after - before) / Look > IdleShare && waited.Elapsed < IdleLimit);

        TimeSpan Total() => services.Aggregate(TimeSpan.Zero, (sum, service) => sum + TimeOf(service));
    }

    private static TimeSpan TimeOf(Service service)
    {
        try
        {
            using var process = Process.GetProcessById(service.ProcessId);
            return process.TotalProcessorTime;
        }
        catch (ArgumentException)
        {
            return TimeSpan.Zero; // it has ended
        }
    }
}
