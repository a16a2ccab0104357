using Integr8sCode.ServiceDefaults;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Storage;

public sealed class StoreOutageTests : IDisposable
{
    private readonly RecordedLogs _logs = new();

    [Fact]
    public void Its_beginning_and_its_end_are_told_once_each_time()
    {
        var outage = new StoreOutage(new LoggerFactory([_logs]).CreateLogger("asker"), "letters wait");

        outage.IsOver();
        for (var i = 0; i < 2; i++)
        {
            outage.Goes(new StoreUnavailableException("locked"));
            outage.Goes(new StoreUnavailableException("locked"));
            outage.IsOver();
            outage.IsOver();
        }

        string[] once = ["Warning asker: The store is not available: letters wait", "Information asker: The store is available again"];
        Assert.Equal([.. once, .. once], _logs.Lines);
    }

    public void Dispose() => _logs.Dispose();
}
