namespace Integr8sCode.Local;

/// <summary>Prints each service's lines after its name, one line at a time, coloured on a terminal unless NO_COLOR is set.</summary>
internal sealed class ConsoleOutput
{
    private const int NameWidth = 21;
    private const string Reset = "\e[0m";
    private static readonly string[] Colours = ["\e[36m", "\e[33m", "\e[32m", "\e[35m", "\e[34m", "\e[96m", "\e[93m", "\e[92m"];

    private readonly bool _coloured =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private readonly Dictionary<string, string> _colourOf = [];
    private readonly Lock _lock = new();

    public void Write(string service, string line)
    {
        lock (_lock)
        {
            var prefix = $"{service.PadRight(NameWidth)} |";
            Console.Out.WriteLine(_coloured ? $"{Colour(service)}{prefix}{Reset} {line}" : $"{prefix} {line}");
        }
    }

    public void Write(string text)
    {
        lock (_lock) Console.Out.WriteLine(text);
    }

    private string Colour(string service)
    {
        if (!_colourOf.TryGetValue(service, out var colour))
            _colourOf[service] = colour = Colours[_colourOf.Count % Colours.Length];
        return colour;
    }
}
