using System.Diagnostics;
using System.Text.Json.Nodes;
using Integr8sCode.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class ConsoleLogTests : IDisposable
{
    private static readonly Guid Execution = Guid.CreateVersion7();

    private readonly Activity _span = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
    private readonly LoggerExternalScopeProvider _scopes = new();

    public ConsoleLogTests() => _scopes.Push(new Dictionary<string, object?> { ["correlation_id"] = "order-66", ["execution_id"] = Execution });

    [Fact]
    public void In_production_a_record_is_one_JSON_object_with_its_ids()
    {
        var text = Write(new JsonFormatter(TimeProvider.System), new InvalidOperationException("boom"));

        Assert.Equal(1, text.Count(letter => letter == '\n'));
        var record = JsonNode.Parse(text)!;
        Assert.Equal((_span.TraceId.ToString(), _span.SpanId.ToString()), ((string?)record["trace_id"], (string?)record["span_id"]));
        Assert.Equal(("order-66", Execution.ToString()), ((string?)record["correlation_id"], (string?)record["execution_id"]));
        Assert.Equal(("Warning", "Integr8sCode.Executions.Worker"), ((string?)record["level"], (string?)record["category"]));
        Assert.Equal("Execution 7\nis late", (string?)record["message"]);
        Assert.Equal("7", (string?)record["values"]!["Id"]);
        Assert.Contains("boom", (string?)record["exception"], StringComparison.Ordinal);
    }

    [Fact]
    public void In_development_a_record_is_one_readable_line_with_its_ids()
    {
        var text = Write(new LineFormatter(TimeProvider.System), exception: null);

        Assert.Matches(
            $@"^\d\d:\d\d:\d\d\.\d{{3}} warn Worker: Execution 7 is late trace_id={_span.TraceId} span_id={_span.SpanId} correlation_id=order-66 execution_id={Execution}\n$",
            text);
    }

    [Fact]
    public void Outside_of_a_request_there_are_no_ids()
    {
        _span.Stop();

        Assert.DoesNotContain("_id", new LogContext(null, null, null, null).Fields().Select(field => field.Key));
        Assert.Null(LogContext.Current(new LoggerExternalScopeProvider()).TraceId);
    }

    [Fact]
    public async Task The_framework_is_quiet_unless_the_configuration_wants_to_hear_it()
    {
        await using var quiet = await ObservedService.StartAsync(builder => builder.Logging.AddProvider(new RecordedLogs()), _ => { });
        await using var loud = await ObservedService.StartAsync(
            builder => builder.Logging.AddProvider(new RecordedLogs()), _ => { }, ("Logging:LogLevel:Microsoft", "Debug"));

        Assert.False(quiet.Logger("Microsoft.AspNetCore.Routing").IsEnabled(LogLevel.Information));
        Assert.True(quiet.Logger("Microsoft.Hosting.Lifetime").IsEnabled(LogLevel.Information));
        Assert.True(quiet.Logger("Integr8sCode.Executions").IsEnabled(LogLevel.Information));
        Assert.True(loud.Logger("Microsoft.AspNetCore.Routing").IsEnabled(LogLevel.Debug));
    }

    [Theory]
    [InlineData("Development", null, "line")]
    [InlineData("Production", null, "json-line")]
    [InlineData("Production", "line", "line")]
    public async Task The_environment_chooses_the_format_unless_the_configuration_does(string environment, string? chosen, string expected)
    {
        var builder = WebApplication.CreateBuilder(["--environment", environment]);
        builder.Configuration["Logging:Console:FormatterName"] = chosen;
        builder.AddServiceDefaults();
        await using var app = builder.Build();

        Assert.Equal(expected, app.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    public void Dispose() => _span.Dispose();

    private string Write(ConsoleFormatter formatter, Exception? exception)
    {
        using var writer = new StringWriter();
        KeyValuePair<string, object?>[] state = [new("Id", 7), new("{OriginalFormat}", "Execution {Id}\nis late")];
        formatter.Write(
            new LogEntry<KeyValuePair<string, object?>[]>(
                LogLevel.Warning, "Integr8sCode.Executions.Worker", default, state, exception, (_, _) => "Execution 7\nis late"),
            _scopes,
            writer);
        return writer.ToString();
    }
}
