namespace Integr8sCode.Infrastructure;

/// <summary>Puts what the services print into the output of the test that uses them, which runners show when it fails.</summary>
internal sealed class PlatformOutput(ITestOutputHelper? test)
{
    private volatile ITestOutputHelper? _test = test;

    public void Follow(ITestOutputHelper? test) => _test = test;

    public void Write(string service, string line)
    {
        try
        {
            _test?.WriteLine($"{service} | {line}");
        }
        catch (InvalidOperationException)
        {
            _test = null; // the test has ended; between two tests nobody listens
        }
    }
}
