namespace Integr8sCode.Infrastructure;

/// <summary>Tests of this collection share <see cref="PlatformFixture"/>'s platform and run one after the other.</summary>
[CollectionDefinition]
public sealed class SharedPlatform : ICollectionFixture<PlatformFixture>;
