using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Mongo;

public sealed class MongoStartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mongodb://me:secret@db:port/x")]
    [InlineData("mongodb://me:secret@")]
    [InlineData("mongodb://me:sec@ret@db/x")]
    [InlineData("mongodb+srv://me:secret@one.db,two.db/x")]
    public async Task A_wrong_url_stops_the_start_with_one_line_that_hides_the_password(string connection)
    {
        using var host = BuildHost(connection);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.StartsWith("ConnectionStrings:integr8scode is no valid MongoDB URL", error.Message, StringComparison.Ordinal);
        Assert.Contains("***", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ret@", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_refused_password_stops_the_start()
    {
        await using var server = new ScriptedServer();
        server.Answer = command => command.GetElement(0).Name == "saslStart"
            ? new() { ["ok"] = 0, ["code"] = 18, ["errmsg"] = "Authentication failed." }
            : ScriptedServer.Success(command);
        using var host = BuildHost($"mongodb://nobody:secret@{server.Address}/integr8scode");

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.NotEmpty(server.Sent("saslStart"));
        Assert.Contains("refuses", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_server_that_is_not_there_yet_does_not_stop_the_start()
    {
        using var host = BuildHost("mongodb://127.0.0.1:1/integr8scode?serverSelectionTimeoutMS=200");

        await host.StartAsync(Cancellation);
        await host.StopAsync(Cancellation);
    }

    private static IHost BuildHost(string connection)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:integr8scode"] = connection;
        builder.AddStorage();
        return builder.Build();
    }
}
