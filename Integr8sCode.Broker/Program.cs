using System.Runtime.InteropServices;
using Integr8sCode;

try
{
    var options = BrokerOptions.Parse(args);

    // Before the port answers: whoever sees it may ask the broker to stop at once.
    using var stopped = new ManualResetEventSlim();
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

    var port = MockCluster.Start(options);
    Console.WriteLine($"broker ready on 127.0.0.1:{port}, topics: {options.Summary}");
    stopped.Wait();
    return 0;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopped.Set();
    }
}
catch (BrokerException exception)
{
    Console.Error.WriteLine($"broker: {exception.Message}");
    return 1;
}
