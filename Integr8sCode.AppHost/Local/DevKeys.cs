using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Integr8sCode.Local;

/// <summary>The two API keys of a development machine, made at the first start: <c>{"user": "i8s_...", "admin": "i8s_..."}</c>.</summary>
internal sealed record DevKeys(string User, string Admin)
{
    private const int KeyBytes = 32;
    private const int MinLength = 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static DevKeys LoadOrCreate(string path) => File.Exists(path) ? Load(path) : Create(path);

    private static DevKeys Load(string path)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<DevKeys>(File.ReadAllText(path), Json);
            if (keys is { User.Length: >= MinLength, Admin.Length: >= MinLength }) return keys;
        }
        catch (JsonException)
        {
            // the same message as for a file that lacks a key
        }
        throw new PlatformException($"{path} is not {{\"user\": \"...\", \"admin\": \"...\"}}; delete it to get new keys");
    }

    private static DevKeys Create(string path)
    {
        var keys = new DevKeys(NewKey(), NewKey());
        // Created with its mode, so that there is no moment in which others can read it.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, keys, Json);
        return keys;
    }

    // The prefix lets a person, or a secret scanner, recognise a key that has leaked.
    private static string NewKey() => "i8s_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
}
