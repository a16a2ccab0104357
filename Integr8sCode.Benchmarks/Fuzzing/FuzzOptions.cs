namespace Integr8sCode.Fuzzing;

/// <param name="Only">Number of the one request to send; <see langword="null"/> for all.</param>
internal sealed record FuzzOptions(int Seed, int Count, int? Only)
{
    private const int MaxCount = 10_000_000;

    /// <returns><see langword="null"/> where an argument is unknown or wrong.</returns>
    public static FuzzOptions? Read(string[] args)
    {
        var options = new FuzzOptions(Seed: 1, Count: 20_000, Only: null);
        foreach (var pair in args.Chunk(2))
        {
            if (pair is not [_, var text] || !int.TryParse(text, out var number) || number < 0)
            {
                return null;
            }

            switch (pair[0])
            {
                case "--seed":
                    options = options with { Seed = number };
                    break;
                case "--count" when number is > 0 and <= MaxCount:
                    options = options with { Count = number };
                    break;
                case "--only":
                    options = options with { Only = number };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
