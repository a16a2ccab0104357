using System.Globalization;

namespace Integr8sCode.Sampling;

/// <summary>
/// A probability as OpenTelemetry hands it on (<c>ot=th:...</c> in tracestate): of 2^56 equally likely values, those at or above
/// <paramref name="Value"/> are kept. Every sampler that follows the specification draws the same value for the same trace.
/// </summary>
internal readonly record struct SamplingThreshold(ulong Value)
{
    /// <summary>How many values there are; a threshold this high keeps none of them.</summary>
    public const ulong Range = 1UL << 56;

    private const int Digits = 14;
    private const int SignificantDigits = 4;

    /// <summary>The share of traces that are kept.</summary>
    public double Probability => (Range - Value) / (double)Range;

    /// <summary>How many traces a kept one stands for; infinite where none is kept.</summary>
    public double AdjustedCount => Range / (double)(Range - Value);

    /// <summary>The digits of the lowest random value that is kept; where none is, a text above all digits, as long.</summary>
    public string LowestKept => Value < Range ? Value.ToString("x14", CultureInfo.InvariantCulture) : new string('g', Digits);

    /// <summary>Rounded to four hexadecimal digits behind the leading f's, so that tracestate stays short.</summary>
    public static SamplingThreshold Of(double probability)
    {
        if (probability >= 1) return new(0);
        if (probability * Range < 1) return new(Range);
        var leading = (int)Math.Floor(-Math.Log2(probability) / 4);
        var dropped = 4 * Math.Max(0, Digits - SignificantDigits - leading);
        var exact = Range - (ulong)Math.Round(probability * Range);
        var half = 1UL << dropped >> 1;
        return new(Math.Min((exact + half) >> dropped << dropped, Range - 1));
    }

    /// <summary>Reads the text of <c>th</c>: 1 to 14 hexadecimal digits, of which trailing zeros are left out.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SamplingThreshold threshold)
    {
        threshold = default;
        if (text.Length is 0 or > Digits) return false;
        if (!ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        threshold = new(value << (4 * (Digits - text.Length)));
        return true;
    }

    public bool Keeps(ulong randomness) => randomness >= Value;

    /// <summary>The text of <c>th</c>; meaningless where nothing is kept, because then nothing carries it.</summary>
    public override string ToString() => Value == 0 ? "0" : Value.ToString("x14", CultureInfo.InvariantCulture).TrimEnd('0');
}
