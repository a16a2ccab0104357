using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal static class MongoConnection
{
    private const string DefaultDatabase = "integr8scode";

    public static bool IsValid(string connection) => TryParse(connection) is not null;

    /// <returns>The database that the connection string names, else <c>integr8scode</c>.</returns>
    public static string DatabaseOf(string connection) => TryParse(connection)?.DatabaseName ?? DefaultDatabase;

    // The driver's own message repeats the connection string with its password, so it is not passed on.
    private static MongoUrl? TryParse(string connection)
    {
        try
        {
            return new(connection);
        }
        catch (Exception error) when (error is MongoConfigurationException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
