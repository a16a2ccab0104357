using Integr8sCode.Local;

namespace Integr8sCode.Infrastructure;

/// <summary>A platform of real processes for one test: free ports, an own folder, no automatic restart, its lines in the test's output.</summary>
internal sealed class PlatformUnderTest : IAsyncDisposable
{
    private static readonly string[] Compiled = ["c", "c++", "c#", "go"];
    private static readonly string[] BesideTheMainFlow = ["dlq-processor", "notification-service", "event-replay"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-");

    private PlatformUnderTest(Func<PlatformOptions, PlatformOptions> configure, OutputLine output) =>
        Platform = LocalPlatform.Create(configure(new PlatformOptions(_folder.FullName)
        {
            Ports = PlatformPorts.Free,
            RestartCrashed = false,
            Output = output,
        }
            // Tests of other things ask more, and with more wrong keys, than a person would.
            .With("ApiKeys__MaxFailures", "100000", Services.Backend)
            .With("ApiKeys__Seed__0__RateLimitBypass", "true", Services.Backend)
            .With("ApiKeys__Seed__1__RateLimitBypass", "true", Services.Backend)));

    public LocalPlatform Platform { get; }

    /// <summary>Starts a platform that no other test sees; <paramref name="configure"/> may leave services out or set their variables.</summary>
    public static Task<PlatformUnderTest> StartAsync(
        Func<PlatformOptions, PlatformOptions> configure, CancellationToken cancellationToken) =>
        StartAsync(configure, new PlatformOutput(TestContext.Current.TestOutputHelper).Write, cancellationToken);

    public static async Task<PlatformUnderTest> StartAsync(
        Func<PlatformOptions, PlatformOptions> configure, OutputLine output, CancellationToken cancellationToken)
    {
        var test = new PlatformUnderTest(configure, output);
        try
        {
            await test.Platform.StartAsync(cancellationToken);
            return test;
        }
        catch
        {
            await test.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Leaves out, beside what the test leaves out itself, what a script does without on its way: services that each take seconds of a
    /// processor to start, and compilers, which a worker tries when it starts.
    /// </summary>
    public static PlatformOptions MainFlowOnly(PlatformOptions options) =>
        Compiled.Aggregate(
            options with { Without = options.Without.Union(BesideTheMainFlow).ToHashSet() },
            (with, language) => with.With($"Sandbox__Languages__{language}__Interpreter", "/nowhere", "execution-worker"));

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
