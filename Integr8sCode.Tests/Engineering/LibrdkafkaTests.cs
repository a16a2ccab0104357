namespace Integr8sCode.Engineering;

public sealed class LibrdkafkaTests : IDisposable
{
    private readonly ScriptClone _clone = new();

    [Fact]
    public async Task A_download_with_another_checksum_is_refused_and_leaves_nothing_behind()
    {
        _clone.Stub("npm", "echo something else >package.tgz");

        var built = await _clone.RunAsync("eng/librdkafka.sh");

        Assert.Equal(1, built.ExitCode);
        Assert.Equal("", built.Output);
        Assert.EndsWith("the checksum of @confluentinc/kafka-javascript@1.10.1 is not the expected one; nothing was built", built.Error, StringComparison.Ordinal);
        Assert.Equal(["lock"], Directory.EnumerateFileSystemEntries(_clone.LibrdkafkaCache).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_failed_download_is_an_error_of_one_line()
    {
        _clone.Stub("npm", "echo npm error code ENOTFOUND >&2; exit 1");

        var built = await _clone.RunAsync("eng/librdkafka.sh");

        Assert.Equal(1, built.ExitCode);
        Assert.EndsWith("could not download @confluentinc/kafka-javascript@1.10.1 with npm; is there a network? npm error code ENOTFOUND", built.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npm", "npm")]
    [InlineData("gcc", "gcc libc6-dev")]
    [InlineData("make", "make")]
    public async Task A_missing_tool_is_named_with_the_command_that_installs_it(string tool, string packages)
    {
        _clone.ShowOnly();
        foreach (var other in ((string[])["gcc", "make", "npm"]).Except([tool]))
        {
            _clone.Stub(other, "");
        }

        var built = await _clone.RunAsync("eng/librdkafka.sh");

        Assert.Equal(1, built.ExitCode);
        Assert.Equal($"error: missing {packages}; run: sudo apt-get install --yes {packages}", built.Error);
    }

    [Fact]
    public async Task A_library_in_the_cache_is_used_as_it_is()
    {
        _clone.ShowOnly();
        _clone.Write($"{_clone.LibrdkafkaCache}/librdkafka.so", "built before");

        var built = await _clone.RunAsync("eng/librdkafka.sh");

        Assert.Equal(new ScriptResult(0, $"{_clone.LibrdkafkaCache}/librdkafka.so", ""), built);
    }

    public void Dispose() => _clone.Dispose();
}
