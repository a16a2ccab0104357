using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>The MongoDB server that the tests may use; without one they are skipped.</summary>
internal static class TestServer
{
    private const string Variable = "ConnectionStrings__integr8scode";

    public static MongoUrl Database(string name)
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(
            server?.StartsWith("mongodb://", StringComparison.Ordinal) is true,
            $"needs a MongoDB server; set {Variable} to its mongodb:// URL");
        return new MongoUrlBuilder(server) { DatabaseName = name }.ToMongoUrl();
    }
}
