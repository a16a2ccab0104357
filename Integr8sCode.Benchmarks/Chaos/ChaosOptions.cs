using System.Globalization;
using Integr8sCode.LoadRuns;

namespace Integr8sCode.Chaos;

/// <summary>What a chaos run is asked for.</summary>
/// <param name="Seed">The same seed plans the same faults; a random one where none is given.</param>
/// <param name="Duration">How long there are faults and new scripts, 5 s to 1 h; 2 minutes where nothing is given.</param>
internal sealed record ChaosOptions(int Seed, TimeSpan Duration)
{
    private const int MinSeconds = 5;
    private const int MaxSeconds = 3600;

    /// <exception cref="LoadException">An argument is unknown or its value is out of bounds.</exception>
    public static ChaosOptions Parse(IEnumerable<string> arguments)
    {
        var options = new ChaosOptions(Random.Shared.Next(), TimeSpan.FromMinutes(2));
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--seed" => options with { Seed = Read(name, rest, 0, int.MaxValue) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Read(name, rest, MinSeconds, MaxSeconds)) },
                _ => throw new LoadException($"unknown argument '{name}'; known are --seed and --seconds"),
            };
        }

        return options;
    }

    private static int Read(string name, Queue<string> rest, int min, int max) =>
        int.TryParse(rest.TryDequeue(out var text) ? text : "", NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= min && value <= max
            ? value
            : throw new LoadException($"{name} must be a number from {min} to {max}, not '{text}'");
}
