namespace Integr8sCode.Sandboxing;

/// <summary>What a run has written so far, for others to read while it goes on. Nothing until the script has started: before, it is the sandbox that speaks.</summary>
internal sealed class LiveOutput
{
    private readonly Lock _lock = new();
    private ReadOnlyMemory<byte> _stdout;
    private ReadOnlyMemory<byte> _stderr;
    private bool _hasStarted;

    public (ReadOnlyMemory<byte> Stdout, ReadOnlyMemory<byte> Stderr) SoFar
    {
        get
        {
            lock (_lock)
            {
                return _hasStarted ? (_stdout, _stderr) : default;
            }
        }
    }

    public void Start()
    {
        lock (_lock)
        {
            _hasStarted = true;
        }
    }

    /// <param name="all">All of stdout so far; its bytes must not change any more.</param>
    public void ShowStdout(ReadOnlyMemory<byte> all)
    {
        lock (_lock)
        {
            _stdout = all;
        }
    }

    public void ShowStderr(ReadOnlyMemory<byte> all)
    {
        lock (_lock)
        {
            _stderr = all;
        }
    }
}
