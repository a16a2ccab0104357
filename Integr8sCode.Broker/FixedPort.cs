using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Integr8sCode;

/// <summary>
/// Gives the mock cluster the port we want. It always listens on a random one and has no setter, so our own listening socket
/// takes the place of its descriptor.
/// </summary>
internal sealed partial class FixedPort : IDisposable
{
    private const int Backlog = 512;
    private const string Listening = "0A";
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };

    public FixedPort(int port)
    {
        try
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _socket.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _socket.Dispose();
            throw new BrokerException($"cannot listen on 127.0.0.1:{port}: {exception.Message}");
        }
    }

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Whoever accepts on <paramref name="port"/> in this process accepts on ours from now on.</summary>
    public void TakeOver(int port)
    {
        if (Duplicate((int)_socket.Handle, DescriptorListeningOn(port)) < 0)
            throw new BrokerException($"dup2 failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public void Dispose() => _socket.Dispose();

    // "  0: 0100007F:2384 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 123456 ...": address, state, inode
    private static int DescriptorListeningOn(int port)
    {
        var inode = File.ReadLines("/proc/self/net/tcp")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(fields => fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal) && fields[3] == Listening)[9];
        var descriptor = new DirectoryInfo("/proc/self/fd").EnumerateFiles().Single(file => file.LinkTarget == $"socket:[{inode}]");
        return int.Parse(descriptor.Name, CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);
}
