using System.Globalization;

namespace Integr8sCode.Sandboxing;

/// <summary>A worker in a process of its own, for a test that kills it.</summary>
public sealed class Victim
{
    private const string Mark = "sandbox: ";

    [Fact(Explicit = true)]
    public async Task Runs_until_it_is_killed()
    {
        await using var host = await SandboxHost.StartAsync([]);
        await using var slot = await host.Pool.RentAsync(TestContext.Current.CancellationToken);
        Console.WriteLine($"{Mark}{host.FirstUserId} {host.Folder}");
        await slot.RunAsync(host.Script("bash", "(setsid sleep 30 &); sleep 30"), TestContext.Current.CancellationToken);
    }

    internal static async Task<(int FirstUserId, string Folder)> ReadAsync(StreamReader output, CancellationToken cancellationToken)
    {
        while (await output.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var start)
            {
                var words = line[(start + Mark.Length)..].Split(' ');
                return (int.Parse(words[0], CultureInfo.InvariantCulture), words[1].Trim());
            }
        }
        throw new InvalidOperationException("The worker ended before it said where it is.");
    }
}
