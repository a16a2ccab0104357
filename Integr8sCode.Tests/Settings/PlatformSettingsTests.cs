using Integr8sCode.Executions;

namespace Integr8sCode.Settings;

public sealed class PlatformSettingsTests
{
    private static readonly ExecutionLimits Language = new()
    {
        TimeoutSeconds = 10,
        CpuSeconds = 10,
        MemoryBytes = 256 << 20,
        Processes = 64,
        OutputBytes = 1 << 20,
        TemporaryDiskBytes = 64 << 20,
        OpenFiles = 256,
        FileSizeBytes = 32 << 20,
    };

    [Fact]
    public void Without_a_change_an_execution_gets_what_it_asks_for_and_else_what_its_language_has() => Assert.Equal(
        Language with { TimeoutSeconds = 200, CpuSeconds = 200 }, PlatformSettings.Default.Apply(new() { TimeoutSeconds = 200 }, Language));

    [Fact]
    public void A_default_counts_where_nothing_is_asked_for()
    {
        var settings = new PlatformSettings { DefaultLimits = new() { TimeoutSeconds = 3, MemoryBytes = 64 << 20 } };

        Assert.Equal(
            Language with { TimeoutSeconds = 3, CpuSeconds = 3, MemoryBytes = 64 << 20 }, settings.Apply(new(), Language));
        Assert.Equal(
            Language with { TimeoutSeconds = 5, CpuSeconds = 5, MemoryBytes = 1 << 30 },
            settings.Apply(new() { TimeoutSeconds = 5, MemoryBytes = 1 << 30 }, Language));
    }

    [Fact]
    public void Nothing_is_above_the_maximum_wherever_it_comes_from()
    {
        var settings = new PlatformSettings
        {
            MaximumLimits = new() { TimeoutSeconds = 5, Processes = 10 },
            DefaultLimits = new() { Processes = 20 },
        };

        Assert.Equal(
            Language with { TimeoutSeconds = 5, CpuSeconds = 8, Processes = 10 }, settings.Apply(new() { CpuSeconds = 8, TimeoutSeconds = 8 }, Language));
    }

    [Fact]
    public void The_end_is_told_of_each_version_once()
    {
        var told = new List<long>();
        var current = new CurrentSettings(settings => told.Add(settings.Version));

        foreach (var version in new[] { 0, 3, 3, 4, 0 })
        {
            current.Show(PlatformSettings.Default with { Version = version });
        }

        Assert.Equal([3, 4, 0], told);
        Assert.Equal(0, current.Value.Version);
    }
}
