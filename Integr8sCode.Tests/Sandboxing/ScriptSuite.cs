using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Sandboxing;

/// <summary>Sends all odd scripts at once, with neighbours between them, so that every slot is always next to somebody hostile.</summary>
public sealed class ScriptSuite(PlatformFixture fixture) : IAsyncLifetime
{
    private const int ScriptsANeighbour = 6;

    private LocalPlatform _platform = null!;
    private ApiUser _user = null!;

    internal Dictionary<string, Guid> Scripts { get; } = [];

    internal List<Guid> Neighbours { get; } = [];

    internal HashSet<string> Languages { get; private set; } = [];

    internal ApiUser User => _user;

    internal int WorkerId => _platform["execution-worker"].ProcessId;

    internal string Host { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, _platform.Keys.User);
        Host = LookAtHost();
        var items = (await _user.GetAsync("/api/v1/languages"))["items"]!.AsArray();
        Languages = [.. items.Select(item => item!["name"]!.GetValue<string>())];
        foreach (var (name, script) in OddScripts.All.Where(pair => Languages.Contains(pair.Value.Language)))
        {
            if (Scripts.Count % ScriptsANeighbour == 0)
            {
                Neighbours.Add(await _user.SubmitAsync(OddScripts.Neighbour.Request));
            }
            Scripts[name] = await _user.SubmitAsync(script.Request);
        }
    }

    /// <summary>What a script could have changed, were it not contained.</summary>
    internal static string LookAtHost() => string.Join('\n',
    [
        .. new[] { "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/vm/overcommit_memory", "/etc/passwd" }.Select(File.ReadAllText),
        .. new[] { "/usr/bin/python3", "/usr/bin/bash", "/etc/hosts" }.Select(path => $"{new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path):O}"),
        .. new[] { "/x", "/w", "/tmp/x", "/dev/x", "/usr/bin/x", "/dev/shm/x" }.Select(path => $"{path} {Path.Exists(path)}"),
    ]);

    public ValueTask DisposeAsync()
    {
        _user.Dispose();
        return ValueTask.CompletedTask;
    }
}
