using System.Globalization;

namespace Integr8sCode.LoadRuns;

/// <summary>A number that a run must reach.</summary>
/// <param name="Bound">What the number must be at least, or at most.</param>
internal sealed record Target(string Name, double Value, double Bound, bool IsMinimum)
{
    // A number that could not be measured passes neither way.
    public bool IsMet => IsMinimum ? Value >= Bound : Value <= Bound;

    public static Target AtLeast(string name, double value, double bound) => new(name, value, bound, IsMinimum: true);

    public static Target AtMost(string name, double value, double bound) => new(name, value, bound, IsMinimum: false);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"  {Name,-54} {Value,8:0.###}   at {(IsMinimum ? "least" : "most"),-5} {Bound,5:0.##}   {(IsMet ? "pass" : "FAIL")}");
}
