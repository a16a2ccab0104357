using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

public sealed class LocalCommandTests
{
    [Fact]
    public void Without_arguments_the_ports_are_the_well_known_ones()
    {
        var command = Parse([]);

        Assert.Equal(new PlatformPorts(8080, 16686, 4318, 9092), command.Ports);
        Assert.Equal((".data", false), (command.DataFolder, command.Reset));
    }

    [Fact]
    public void Arguments_win_over_the_environment()
    {
        var command = Parse(
            ["--local", "--reset", "--api-port", "1"],
            ("INTEGR8SCODE_API_PORT", "2"), ("INTEGR8SCODE_KAFKA_PORT", "3"), ("INTEGR8SCODE_DATA", "/data"));

        Assert.Equal((1, 3), (command.Ports.Api, command.Ports.Kafka));
        Assert.Equal(("/data", true), (command.DataFolder, command.Reset));
    }

    [Theory]
    [InlineData("--verbose", "--verbose")]
    [InlineData("--api-port", "--api-port", "70000")]
    [InlineData("--otlp-port", "--otlp-port")]
    [InlineData("--data", "--data")]
    [InlineData("9092", "--api-port", "9092")]
    public void A_wrong_argument_is_named(string named, params string[] arguments) =>
        Assert.Contains(named, Assert.Throws<PlatformException>(() => Parse(arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_variable_is_named()
    {
        var refusal = Assert.Throws<PlatformException>(() => Parse([], ("INTEGR8SCODE_TRACE_PORT", "x")));

        Assert.StartsWith("INTEGR8SCODE_TRACE_PORT ", refusal.Message, StringComparison.Ordinal);
    }

    private static LocalCommand Parse(string[] arguments, params (string Name, string Value)[] environment) =>
        LocalCommand.Parse(arguments, name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
