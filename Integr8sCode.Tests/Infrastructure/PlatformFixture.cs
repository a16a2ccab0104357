using Integr8sCode.Local;

namespace Integr8sCode.Infrastructure;

/// <summary>One platform for all tests that only use it and break nothing: <c>[Collection&lt;SharedPlatform&gt;]</c>.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    private readonly PlatformOutput _output = new(null);
    private PlatformUnderTest? _shared;

    public async ValueTask InitializeAsync() =>
        _shared = await PlatformUnderTest.StartAsync(options => options, _output.Write, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_shared is not null) await _shared.DisposeAsync();
    }

    /// <summary>The running platform; from now on its services' lines go to the present test's output.</summary>
    internal LocalPlatform Join()
    {
        _output.Follow(TestContext.Current.TestOutputHelper);
        return _shared!.Platform;
    }
}
