using System.Globalization;

namespace Integr8sCode.Executions;

/// <summary>What a reader of a stream has had; the id of each server-sent event, so that it alone says where to go on, on any replica.</summary>
/// <param name="Sequence">Of the last event.</param>
/// <param name="Attempt">Whose output it is.</param>
/// <param name="Stdout">Bytes of that attempt's stdout.</param>
internal readonly record struct StreamCursor(long Sequence, int Attempt, long Stdout, long Stderr, StreamPhase Phase)
{
    public const string Header = "Last-Event-ID";
    private const int MaxLength = 80;
    private const int Parts = 5;

    public OutputPosition Position => new(Attempt, Stdout + Stderr);

    /// <returns>False for a header that is no id of ours; true with the beginning where there is none.</returns>
    public static bool TryRead(HttpRequest request, out StreamCursor cursor)
    {
        var values = request.Headers[Header];
        cursor = default;

        return values.Count == 0 || (values.Count == 1 && TryParse(values[0]!, out cursor));
    }

    /// <summary>Whether a stream of an execution in that state can have given it out; another one would never come to an end.</summary>
    public bool Fits(ExecutionState state)
    {
        var terminal = state.ResultStoredAt is null ? state.Sequence : state.Sequence - 1;
        return (Phase, state.IsTerminal) switch
        {
            ( > StreamPhase.Running, var isTerminal) => isTerminal,
            (_, true) => Sequence < terminal,
            // The event may be there a moment before the state shows it.
            _ => Sequence <= state.Sequence + 1,
        };
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{Attempt}-{Stdout}-{Stderr}-{(int)Phase}");

    private static bool TryParse(string text, out StreamCursor cursor)
    {
        cursor = default;
        var parts = text.Length <= MaxLength ? text.Split('-') : [];
        if (parts.Length != Parts || !int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var phase))
        {
            return false;
        }

        var numbers = Array.ConvertAll(parts, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1);
        cursor = new(numbers[0], numbers[1], numbers[2], numbers[3], (StreamPhase)phase);

        return !numbers.Contains(-1) && Enum.IsDefined(cursor.Phase);
    }
}
