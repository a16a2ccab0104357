using System.Globalization;

namespace Integr8sCode.LoadRuns;

/// <summary>What the parts of a load run found out.</summary>
internal sealed class LoadReport
{
    private readonly List<string> _lines = [];
    private readonly List<Target> _targets = [];

    public Progress Progress { get; } = new();

    public bool IsMet => _targets.TrueForAll(target => target.IsMet);

    public void AddHeading(string title)
    {
        _lines.Add("");
        _lines.Add(title);
    }

    /// <summary>A heading and the columns of the <see cref="Samples"/> that follow.</summary>
    public void AddPart(string title)
    {
        AddHeading(title);
        _lines.Add($"  {"",-34} {"rate/s",10} {"p50 ms",9} {"p95 ms",9} {"p99 ms",9} {"errors",7}");
    }

    public void Add(string name, Samples samples) => _lines.Add(string.Create(CultureInfo.InvariantCulture,
        $"  {name,-34} {samples.Rate,10:0.0} {samples.MedianMilliseconds,9:0.00} {samples.PercentileMilliseconds(0.95),9:0.00} "
        + $"{samples.PercentileMilliseconds(0.99),9:0.00} {samples.Errors,7}"));

    public void AddNote(string note) => _lines.Add($"  {note}");

    public void Add(Target target) => _targets.Add(target);

    public void Write(TextWriter output)
    {
        _lines.ForEach(output.WriteLine);
        output.WriteLine();
        output.WriteLine("Targets");
        _targets.ForEach(output.WriteLine);
    }
}
