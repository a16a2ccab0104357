using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Integr8sCode.Sandboxing;

/// <summary>The kernel's <c>struct rusage</c> on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceUsage
{
    private readonly long _userSeconds;
    private readonly long _userMicroseconds;
    private readonly long _systemSeconds;
    private readonly long _systemMicroseconds;
    private readonly long _peakKibibytes;
    private readonly Rest _rest;

    public readonly TimeSpan CpuTime =>
        TimeSpan.FromSeconds(_userSeconds + _systemSeconds) + TimeSpan.FromMicroseconds(_userMicroseconds + _systemMicroseconds);

    public readonly long PeakMemoryBytes => _peakKibibytes << 10;

    [InlineArray(32)]
    private struct Rest
    {
        private long _first;
    }
}
