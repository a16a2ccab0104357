using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Integr8sCode.Executions;

namespace Integr8sCode.Sandboxing;

/// <summary>Each row is a script that tries something, and what it must be told. All of them leave the sandbox able to serve.</summary>
[Collection(SandboxFixture.Collection)]
public sealed class HostileScriptTests(SandboxFixture fixture) : SandboxTests(fixture)
{
    // A worker that is not root owns the files it shows; then it is the mount that refuses, else the permissions are asked first.
    private static readonly string[] _refusals = ["EROFS", "EACCES"];

    // Prints the name of the error, or "done" if there was none.
    private const string Attempt =
        """
        import ctypes, errno, os, socket
        libc = ctypes.CDLL(None, use_errno=True)
        def call(number, *arguments):
            if libc.syscall(number, *arguments) == -1:
                raise OSError(ctypes.get_errno(), "")
        try:
            {0}
            print("done")
        except OSError as e:
            print(errno.errorcode.get(e.errno, e.errno))
        """;

    [Theory]
    [InlineData("open('/etc/shadow')", "ENOENT")]
    [InlineData("os.listdir('/root')", "ENOENT")]
    [InlineData("os.listdir('/home')", "ENOENT")]
    [InlineData("os.listdir('/var')", "ENOENT")]
    [InlineData("os.listdir('/run')", "ENOENT")]
    [InlineData("os.listdir('/sys')", "ENOENT")]
    [InlineData("os.listdir('/proc/1/root/var')", "ENOENT")]
    [InlineData("os.open('/dev/tty', os.O_RDWR)", "ENXIO")]
    [InlineData("os.write(os.open('/dev/full', os.O_WRONLY), b'x')", "ENOSPC")]
    [InlineData("os.mknod('/tmp/disk', 0o60666, os.makedev(254, 0))", "EPERM")]
    [InlineData("os.mkfifo('/tmp/fifo')", "done")]
    [InlineData("os.setuid(0)", "EINVAL")]
    [InlineData("os.chroot('/tmp')", "EPERM")]
    [InlineData("os.nice(-20)", "EPERM")]
    [InlineData("os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))", "EPERM")]
    [InlineData("socket.sethostname('x')", "EPERM")]
    [InlineData("import time; time.clock_settime(time.CLOCK_REALTIME, 0)", "EPERM")]
    [InlineData("import fcntl; fcntl.ioctl(0, 0x5412, b'x')", "EPERM")]
    [InlineData("import resource; resource.setrlimit(resource.RLIMIT_CORE, (1, 1))", "ValueError")]
    [InlineData("import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100000, 100000))", "ValueError")]
    [InlineData("socket.create_connection(('10.0.0.1', 80), 2)", "ENETUNREACH")]
    [InlineData("socket.getaddrinfo('example.com', 80)", "-2")]
    [InlineData("socket.socket(40, socket.SOCK_STREAM)", "EAFNOSUPPORT")]
    [InlineData("socket.socket(socket.AF_PACKET, socket.SOCK_RAW)", "EAFNOSUPPORT")]
    [InlineData("socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)", "EPERM")]
    [InlineData("[os.open('/dev/null', 0) for _ in range(300)]", "EMFILE")]
    [InlineData("[os.fork() or os._exit(__import__('time').sleep(9)) for _ in range(100)]", "EAGAIN")]
    [InlineData("f = open('/tmp/big', 'wb')\n    for _ in range(100): f.write(b'x' * (1 << 20)); f.flush()", "EFBIG")]
    [InlineData("for i in range(100): open(f'/tmp/{i}', 'wb').write(b'x' * (1 << 20))", "ENOSPC")]
    [InlineData("for i in range(100): open(f'/dev/shm/{i}', 'wb').write(b'x' * (1 << 20))", "ENOSPC")]
    public async Task What_a_script_must_not_do_fails(string attempt, string error) => Assert.Equal(error, await AttemptAsync(attempt));

    [Theory]
    [InlineData("open('/usr/bin/python3', 'r+')")]
    [InlineData("os.remove('/usr/bin/python3')")]
    [InlineData("open('/x', 'w')")]
    [InlineData("open('/w/x', 'w')")]
    [InlineData("open('/w/main.py', 'r+')")]
    [InlineData("os.symlink('/etc', '/w/link')")]
    [InlineData("os.chmod('/w', 0o777)")]
    [InlineData("open('/dev/x', 'w')")]
    [InlineData("open('/etc/passwd', 'a')")]
    [InlineData("open('/proc/sys/kernel/core_pattern', 'w')")]
    [InlineData("open('/proc/sys/vm/overcommit_memory', 'w')")]
    [InlineData("open('/proc/self/oom_score_adj', 'w')")]
    [InlineData("open('/proc/self/uid_map', 'w')")]
    [InlineData("open('/proc/sys/kernel/hostname', 'w')")]
    public async Task Nothing_but_temporary_files_can_be_changed(string attempt) => Assert.Contains(await AttemptAsync(attempt), _refusals);

    [Theory]
    [InlineData("ptrace", 101)]
    [InlineData("process_vm_readv", 310)]
    [InlineData("kcmp", 312)]
    [InlineData("mount", 165)]
    [InlineData("umount2", 166)]
    [InlineData("pivot_root", 155)]
    [InlineData("unshare", 272)]
    [InlineData("setns", 308)]
    [InlineData("add_key", 248)]
    [InlineData("keyctl", 250)]
    [InlineData("io_uring_setup", 425)]
    [InlineData("userfaultfd", 323)]
    [InlineData("bpf", 321)]
    [InlineData("perf_event_open", 298)]
    [InlineData("init_module", 175)]
    [InlineData("reboot", 169)]
    [InlineData("personality", 135)]
    [InlineData("open_tree", 428)]
    public async Task A_dangerous_system_call_is_not_permitted(string name, int number)
    {
        Assert.SkipUnless(RuntimeInformation.OSArchitecture is Architecture.X64, $"the number of {name} is that of x86-64");
        Assert.Equal("EPERM", await AttemptAsync($"call({number}, 0x10000000, 0, 0, 0, 0)"));
    }

    [Theory]
    [InlineData("call(0x40000000 + 39)", "ENOSYS")] // the x32 numbers
    [InlineData("call(435, 0, 0)", "ENOSYS")] // clone3
    [InlineData("call(56, 0x10000000 | 17, 0, 0, 0, 0)", "EPERM")] // clone into a user namespace
    [InlineData("call(56, 0x40000000 | 17, 0, 0, 0, 0)", "EPERM")] // into a network namespace
    public async Task The_ways_round_the_filter_are_closed(string attempt, string error)
    {
        Assert.SkipUnless(RuntimeInformation.OSArchitecture is Architecture.X64, "the numbers are those of x86-64");
        Assert.Equal(error, await AttemptAsync(attempt));
    }

    [Fact]
    public async Task A_port_of_the_host_cannot_be_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal("ECONNREFUSED", await AttemptAsync($"socket.create_connection(('127.0.0.1', {port}), 2)"));
    }

    [Fact]
    public async Task An_abstract_socket_of_the_host_cannot_be_reached()
    {
        var name = $"\0sandbox-test-{Environment.ProcessId}";
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(name));
        listener.Listen();

        Assert.Equal("ECONNREFUSED", await AttemptAsync($"socket.socket(socket.AF_UNIX).connect('\\0{name[1..]}')"));
    }

    [Fact]
    public async Task The_secrets_of_the_worker_are_nowhere_to_be_seen()
    {
        const string secret = "canary-7f1d";
        Environment.SetEnvironmentVariable("SANDBOX_TEST_SECRET", secret);
        await File.WriteAllTextAsync(Path.Combine(Sandbox.Folder, "secret"), secret, TestContext.Current.CancellationToken);

        var result = await Sandbox.RunAsync("bash", $"""
            cat /proc/*/environ /proc/*/cmdline /proc/self/mountinfo /proc/keys /proc/kallsyms /proc/config.gz {Sandbox.Folder}/secret
            env; set; ls -la /proc/*/fd /proc/*/cwd /proc/*/root/tmp; cat /proc/{Environment.ProcessId}/environ
            """);

        Assert.Equal(RunOutcome.Exited, result.Outcome);
        Assert.DoesNotContain(secret, Text(result.Stdout) + Text(result.Stderr), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_sees_only_its_own_processes_and_is_nobody()
    {
        var result = await Sandbox.RunAsync("bash", "id -u; hostname; ps -A 2>/dev/null | wc -l; ls -d /proc/[0-9]* | wc -l");
        var lines = Text(result.Stdout).Split('\n');

        Assert.Equal(["65534", "sandbox"], lines[..2]);
        Assert.InRange(int.Parse(lines[3], System.Globalization.CultureInfo.InvariantCulture), 1, 6);
    }

    [Theory]
    [InlineData("bash", ":(){ :|:& };:; sleep 9")]
    [InlineData("python", "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass")]
    [InlineData("python", "import threading, time\nwhile True:\n  try: threading.Thread(target=time.sleep, args=(9,)).start()\n  except RuntimeError: pass")]
    public async Task A_fork_bomb_ends_with_its_run(string language, string script)
    {
        var result = await Sandbox.RunAsync(language, script, run => run with { Limits = run.Limits with { Wall = TimeSpan.FromSeconds(1) } });

        Assert.True(result.Outcome is RunOutcome.Timeout or RunOutcome.OutputLimit or RunOutcome.Exited, $"{result.Outcome}");
        Assert.Equal("ok\n", Text((await Sandbox.RunAsync("bash", "echo ok")).Stdout));
    }

    [Fact]
    public async Task The_neighbour_does_not_notice()
    {
        var limits = new SandboxLimits { Wall = TimeSpan.FromSeconds(3) };
        var hostile = new[] { ":(){ :|:& };:; sleep 9", "while :; do :; done", "yes > /tmp/x; yes > /tmp/y; sleep 9" }
            .Select(script => Sandbox.RunAsync("bash", script, run => run with { Limits = limits })).ToList();

        var neighbour = await Sandbox.RunAsync("python", "print(sum(range(1000000)))");
        await Task.WhenAll(hostile);

        Assert.Equal((RunOutcome.Exited, "499999500000\n"), (neighbour.Outcome, Text(neighbour.Stdout)));
    }

    private async Task<string> AttemptAsync(string attempt)
    {
        var result = await Sandbox.RunAsync("python", Attempt.Replace("{0}", attempt, StringComparison.Ordinal));
        var said = Text(result.Stdout).Trim();
        return said.Length > 0 ? said : Text(result.Stderr).Trim().Split('\n')[^1].Split(':')[0].Split('.')[^1];
    }
}
