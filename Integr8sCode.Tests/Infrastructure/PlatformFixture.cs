using Integr8sCode.Local;

namespace Integr8sCode.Infrastructure;

/// <summary>One platform for all tests that only use it and break nothing: <c>[Collection&lt;SharedPlatform&gt;]</c>.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    /// <summary>Key of <c>other</c>, a user beside the one of the platform's own keys.</summary>
    public const string OtherKey = "i8s_other-users-key-of-the-shared-platform";

    /// <summary>Key of <c>notified</c>, who subscribes to notifications.</summary>
    public const string NotifiedKey = "i8s_notified-users-key-of-the-shared-platform";

    private readonly PlatformOutput _output = new(null);
    private PlatformUnderTest? _shared;

    public async ValueTask InitializeAsync() =>
        _shared = await PlatformUnderTest.StartAsync(WithOtherUsers, _output.Write, TestContext.Current.CancellationToken);

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

    private static PlatformOptions WithOtherUsers(PlatformOptions options) => options
        .With("ApiKeys__Seed__2__UserId", "other", Services.Backend)
        .With("ApiKeys__Seed__2__Key", OtherKey, Services.Backend)
        .With("ApiKeys__Seed__2__RateLimitBypass", "true", Services.Backend)
        .With("ApiKeys__Seed__3__UserId", "notified", Services.Backend)
        .With("ApiKeys__Seed__3__Key", NotifiedKey, Services.Backend)
        .With("ApiKeys__Seed__3__RateLimitBypass", "true", Services.Backend)
        .With("Notifications__FirstRetry", "00:00:00.5", "notification-service");
}
