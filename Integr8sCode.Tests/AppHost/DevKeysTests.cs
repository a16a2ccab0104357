using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

public sealed class DevKeysTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-");

    private string File => Path.Combine(_folder.FullName, "dev-keys.json");

    [Fact]
    public void Keys_are_made_once_and_kept()
    {
        var made = DevKeys.LoadOrCreate(File);

        Assert.Equal(made, DevKeys.LoadOrCreate(File));
        Assert.NotEqual(made.User, made.Admin);
    }

    [Fact]
    public void A_key_is_256_random_bits_after_a_prefix_that_names_us() =>
        Assert.Matches("^i8s_[A-Za-z0-9_-]{43}$", DevKeys.LoadOrCreate(File).Admin);

    [Fact]
    public void Only_the_owner_can_read_them()
    {
        DevKeys.LoadOrCreate(File);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(File).UnixFileMode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"user": "i8s_0123456789012345678901"}""")]
    [InlineData("""{"user": "", "admin": ""}""")]
    public void A_file_without_both_keys_is_refused_by_its_name(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Assert.Contains(File, Assert.Throws<PlatformException>(() => DevKeys.LoadOrCreate(File)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
