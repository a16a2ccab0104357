using System.Text;
using System.Text.Json;
using Integr8sCode.Storage;

namespace Integr8sCode.Events;

public sealed class CompactJsonTests
{
    [Fact]
    public void Text_takes_no_more_place_than_it_must()
    {
        const string text = "if (a < b && c > d) print('é 漢')";
        var accepted = Stories.Accepted(DateTimeOffset.UnixEpoch, script: text);

        var written = CompactJson.Write(accepted.Event, CoreJson.Default.Event);

        Assert.Contains($"\"{text}\"", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        Assert.Equal(text, EventDecoder.Decode(written).Data.GetProperty("script").GetString());
    }

    [Fact]
    public void What_JSON_demands_is_escaped()
    {
        var written = CompactJson.Write(["\"\\\u0001\n\ud800"], CoreJson.Default.StringArray);

        Assert.Equal("""["\"\\\u0001\n\uFFFD"]""", Encoding.UTF8.GetString(written));
        Assert.Equal("\"\\\u0001\n�", Assert.Single(JsonSerializer.Deserialize(written, CoreJson.Default.StringArray)!));
    }
}
