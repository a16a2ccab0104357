using System.Diagnostics;
using System.Globalization;

namespace Integr8sCode.LoadRuns;

/// <summary>A bar on a terminal; elsewhere a line now and then. Goes to standard error, so that the table can be redirected alone.</summary>
internal sealed class Progress
{
    private const int Width = 30;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private string _last = "";

    /// <summary>Shows how much of a part is done, from 0 to 1; 1 ends its line.</summary>
    public void Show(string part, double done, string what)
    {
        done = Math.Clamp(done, 0, 1);
        var text = string.Create(CultureInfo.InvariantCulture, $"{part,-8} {done,4:0%}  {what}");
        if (Console.IsErrorRedirected)
        {
            ShowLine(part, text, done);
        }
        else
        {
            var filled = (int)(done * Width);
            Console.Error.Write($"\r\e[K[{new string('#', filled)}{new string('.', Width - filled)}] {text}{(done < 1 ? "" : Environment.NewLine)}");
        }
    }

    private void ShowLine(string part, string text, double done)
    {
        if (part == _last && done < 1 && _sinceLine.Elapsed < BetweenLines)
        {
            return;
        }

        _last = part;
        _sinceLine.Restart();
        Console.Error.WriteLine(text);
    }
}
