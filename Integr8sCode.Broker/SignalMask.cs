using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Integr8sCode;

/// <summary>
/// Blocks every signal for this thread until disposed. Threads started meanwhile keep them blocked for good, which is the point:
/// the mock cluster's thread takes an interrupted poll() for the end, and SIGCHLD, SIGWINCH or SIGCONT would silence the broker.
/// </summary>
internal sealed partial class SignalMask : IDisposable
{
    private const int Block = 0;
    private const int Restore = 2;
    private readonly SignalSet _previous;

    public SignalMask()
    {
        var all = new SignalSet();
        ((Span<ulong>)all).Fill(ulong.MaxValue);
        _ = SetMask(Block, all, out _previous);
    }

    public void Dispose() => _ = SetMask(Restore, _previous, out _);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int SetMask(int how, in SignalSet set, out SignalSet previous);

    /// <summary>Linux' sigset_t: 1024 bits.</summary>
    [InlineArray(16)]
    private struct SignalSet
    {
        private ulong _bits;
    }
}
