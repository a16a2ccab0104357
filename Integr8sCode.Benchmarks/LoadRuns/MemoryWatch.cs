using System.Diagnostics;
using System.Globalization;
using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>The resident memory of each process, once a second, until it is disposed.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const double MiB = 1 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly List<Service> _services;
    private readonly List<(TimeSpan At, double[] Sizes)> _samples = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Timer _timer;

    public MemoryWatch(IEnumerable<Service> services)
    {
        _services = [.. services];
        _timer = new(_ => Sample(), null, TimeSpan.Zero, Interval);
    }

    /// <summary>Memory of all processes: the median of the watch's last quarter over that of its second. The first is start-up.</summary>
    public double Growth => _samples.Count < 4 ? double.NaN : Quarter(3) / Quarter(1);

    public void AddTo(LoadReport report)
    {
        for (var i = 0; i < _services.Count; i++)
        {
            report.AddNote(string.Create(CultureInfo.InvariantCulture,
                $"{_services[i].Name,-34} {_samples.Max(sample => sample.Sizes[i]),6:0} MiB at most, {Slope(i),7:+0.0;-0.0} MiB a minute in the last three quarters"));
        }
    }

    /// <summary>Stops watching; what was seen stays.</summary>
    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        var sizes = _services.ConvertAll(service => ResidentMiB(service.ProcessId)).ToArray();
        lock (_samples) _samples.Add((_watch.Elapsed, sizes));
    }

    private static double ResidentMiB(int process)
    {
        try
        {
            return Process.GetProcessById(process).WorkingSet64 / MiB;
        }
        catch (ArgumentException)
        {
            return 0; // it has ended
        }
    }

    private double Quarter(int number)
    {
        var quarter = _samples.Skip(_samples.Count * number / 4).Take(_samples.Count / 4);
        return quarter.Select(sample => sample.Sizes.Sum()).Order().ElementAt(_samples.Count / 8);
    }

    // Least squares over what came after the start-up.
    private double Slope(int service)
    {
        var points = _samples.Skip(_samples.Count / 4).Select(sample => (X: sample.At.TotalMinutes, Y: sample.Sizes[service])).ToList();
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
