using System.Xml.Linq;

namespace Integr8sCode.Engineering;

public sealed class FeedTests : IDisposable
{
    private const int Questions = 4;

    private readonly ScriptClone _clone = new();
    private readonly FeedPackages _packages;

    public FeedTests() => _packages = new FeedPackages(_clone.PathOf("eng/Feed.csproj"), _clone.PathOf("Directory.Packages.props"));

    private string Library => $"{_clone.LibrdkafkaCache}/librdkafka.so";

    [Fact]
    public async Task A_feed_with_every_package_turns_everything_on()
    {
        _clone.UseFeedWith(_packages.Of("Aspire", "AspireTools", "Mongo", "Librdkafka"));

        var asked = await _clone.RunAsync("eng/feed.sh");

        Assert.Equal("UseAspire=true;UseMongo=true;UseRedistLibrdkafka=true", asked.Output);
        Assert.Equal(["true", "true", "true", ""], Answer());
    }

    [Fact]
    public async Task A_feed_with_few_packages_turns_the_rest_off_and_says_why()
    {
        _clone.UseFeedWith(_packages.Of("Mongo"));
        _clone.Write(Library, "built before");

        var asked = await _clone.RunAsync("eng/feed.sh");

        Assert.Equal(["false", "true", "false", Library], Answer());
        Assert.Contains("Doing without Aspire: NU1101: Unable to find package Aspire.", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aspire_without_its_dashboard_and_orchestrator_is_no_Aspire()
    {
        _clone.UseFeedWith(_packages.Of("Aspire", "Mongo", "Librdkafka"));

        var asked = await _clone.RunAsync("eng/feed.sh");

        Assert.Equal("UseAspire=false;UseMongo=true;UseRedistLibrdkafka=true", asked.Output);
        Assert.Contains("Doing without AspireTools: NU1101: Unable to find package Aspire.", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neighbouring_version_of_a_package_is_not_that_package()
    {
        _clone.UseFeedWith([("librdkafka.redist", "99.0.0"), .. _packages.Of("Mongo")]);
        _clone.Write(Library, "built before");

        await _clone.RunAsync("eng/feed.sh");

        Assert.Equal(["false", "true", "false", Library], Answer());
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_is_an_error_of_one_line_and_no_answer()
    {
        _clone.UseFeed("http://127.0.0.1:1/index.json");

        var asked = await _clone.RunAsync("eng/feed.sh");

        Assert.Equal(1, asked.ExitCode);
        Assert.Contains("error: could not ask the NuGet feed; is there a network? NU1301: ", Assert.Single(asked.Error.Split('\n')[1..]), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_clone.PathOf("artifacts")));
    }

    [Fact]
    public async Task The_feed_is_asked_again_when_its_configuration_changes_or_with_force()
    {
        _clone.Stub("dotnet", "echo asked >>asked");
        async Task<int> TimesAskedAsync(params string[] arguments)
        {
            Assert.Equal(0, (await _clone.RunAsync("eng/feed.sh", arguments)).ExitCode);
            return File.ReadAllLines(_clone.PathOf("asked")).Length / Questions;
        }

        Assert.Equal(1, await TimesAskedAsync());
        Assert.Equal(1, await TimesAskedAsync());
        _clone.UseFeed("https://feed.example/index.json");
        Assert.Equal(2, await TimesAskedAsync());
        Assert.Equal(2, await TimesAskedAsync());
        Assert.Equal(3, await TimesAskedAsync("--force"));
    }

    [Fact]
    public async Task A_fresh_clone_restores_at_the_first_try_and_so_does_a_changed_feed()
    {
        _clone.Copy("Directory.Build.props", "Directory.Build.targets");
        _clone.Write("Reader/Reader.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup Condition="'$(UseMongo)' == 'true'">
                <PackageReference Include="MongoDB.Driver" />
              </ItemGroup>
            </Project>
            """);
        _clone.Write(Library, "built before");
        (string, string)[] analyzers = [("Microsoft.CodeAnalysis.BannedApiAnalyzers", "5.6.0")];

        _clone.UseFeedWith(analyzers);
        var fresh = await _clone.RunAsync("dotnet", "restore", "Reader");
        Assert.True(fresh.ExitCode == 0, fresh.Output);
        Assert.Equal(["false", "false", "false", Library], Answer());

        _clone.Write("artifacts/feed.props", "<Project><PropertyGroup><UseMongo>true</UseMongo></PropertyGroup></Project>");
        var changed = await _clone.RunAsync("dotnet", "restore", "Reader");
        Assert.True(changed.ExitCode == 0, changed.Output);
        Assert.Equal(["false", "false", "false", Library], Answer());
    }

    public void Dispose() => _clone.Dispose();

    private IEnumerable<string> Answer() =>
        XDocument.Load(_clone.PathOf("artifacts/feed.props")).Descendants("PropertyGroup").Single().Elements().Select(property => property.Value);
}
