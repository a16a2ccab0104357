namespace Integr8sCode.Aspire;

[CollectionDefinition]
public sealed class SharedApplication : ICollectionFixture<AspireFixture>;
