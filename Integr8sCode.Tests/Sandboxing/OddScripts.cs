using System.Security.Cryptography;
using System.Text;

namespace Integr8sCode.Sandboxing;

/// <summary>Hostile and odd scripts by name, and a neighbour that must not notice them.</summary>
internal static class OddScripts
{
    private static readonly object _second = new { timeout_seconds = 1 };
    private static readonly object _halfSecondOfCpu = new { cpu_seconds = 0.5 };
    private static readonly object _littleMemory = new { memory_bytes = 64 << 20 };

    public static Dictionary<string, OddScript> All { get; } = new()
    {
        // Time
        ["busy loop"] = new("python", "while True: pass", "cpu_limit") { Limits = _halfSecondOfCpu },
        ["four busy processes"] = new("python", "import os\nfor _ in range(2): os.fork()\nwhile True: pass", "cpu_limit") { Limits = _halfSecondOfCpu },
        ["sleeper"] = new("python", "import time; print('kept', flush=True); time.sleep(60)", "timeout") { Limits = _second, Stdout = "kept\n" },
        ["deaf sleeper"] = new("python", "import signal, time\nfor n in range(1, 32):\n  try: signal.signal(n, signal.SIG_IGN)\n  except OSError: pass\ntime.sleep(60)", "timeout") { Limits = _second },
        ["stops itself"] = new("bash", "echo kept; kill -STOP $$; echo never", "timeout") { Limits = _second, Stdout = "kept\n" },
        ["stops its parent"] = new("bash", "kill -STOP $PPID; echo alive", "exited") { ExitCode = 0, Stdout = "alive\n" },
        ["closes its output and sleeps"] = new("bash", "exec >&- 2>&-; sleep 60", "timeout") { Limits = _second, Stdout = "" },
        ["closes its output and ends"] = new("bash", "exec >&- 2>&-; sleep 0.2", "exited") { ExitCode = 0, Stdout = "" },
        ["waits for input that ended"] = new("bash", "read x || echo end", "exited") { Stdout = "end\n" },
        ["pattern that takes for ever"] = new("python", "import re; re.match(r'(a+)+$', 'a' * 40 + 'b')", "cpu_limit") { Limits = _halfSecondOfCpu },
        // Processes
        ["shell fork bomb"] = new("bash", "bomb() { bomb | bomb & }; bomb; sleep 60", "timeout") { Limits = _second },
        ["python fork bomb"] = new("python", "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass", "timeout") { Limits = _second },
        ["thread bomb"] = new("python", "import threading, time\ntry:\n  while True: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nexcept RuntimeError: print('stopped', flush=True)\nimport os; os._exit(0)", "exited") { Stdout = "stopped\n" },
        ["daemon"] = new("bash", "(setsid sleep 1000 &); nohup sleep 1000 >/dev/null 2>&1 & echo left", "exited") { ExitCode = 0, Stdout = "left\n" },
        ["kills everybody"] = new("perl", "kill 9, -1; print 'alive'", "exited") { Stdout = "alive" },
        ["kills process 1"] = new("bash", "kill -9 1; kill -TERM 1; echo alive", "exited") { ExitCode = 0, Stdout = "alive\n" },
        ["stops everybody"] = new("python", "import os, signal, time\nfor p in os.listdir('/proc'):\n  if p.isdigit(): os.kill(int(p), signal.SIGSTOP)\ntime.sleep(60)", "timeout") { Limits = _second, Stdout = "" },
        ["grandchildren that never end"] = new("python", "import os\nfor i in range(4):\n  if os.fork() == 0:\n    os.setsid()\n    while True: pass\nprint('left')", "exited") { ExitCode = 0, Stdout = "left\n" },
        ["child that speaks too late"] = new("bash", "(sleep 60; echo late) & echo first", "exited") { ExitCode = 0, Stdout = "first\n" },
        // Memory and disk
        ["asks for a terabyte"] = new("python", "bytearray(1 << 40)", "exited") { ExitCode = 1, Stderr = "MemoryError" },
        ["memory bomb"] = new("python", "x = []\nwhile True: x.append(bytearray(1 << 20))", "memory_limit") { Limits = _littleMemory },
        ["memory bomb in a child"] = new("python", "import os\nif os.fork() == 0: x = b'x' * (1 << 30)\nos.wait()", "memory_limit") { Limits = _littleMemory },
        ["javascript bomb"] = new("node", "const x = []; while (true) x.push(new Array(100000).fill(1.5));", "memory_limit") { Limits = new { memory_bytes = 96 << 20 } },
        ["javascript bomb in a small heap"] = new("node", "const x = []; while (true) x.push(new Array(1000).fill({}));", "signaled") { Signal = 6, Env = new() { ["NODE_OPTIONS"] = "--max-old-space-size=32" } },
        ["file in shared memory"] = new("bash", "head -c 100000000 /dev/zero >/dev/shm/x", "exited") { ExitCode = 1, Stderr = "No space left" },
        ["fills its disk"] = new("bash", "for i in 1 2 3; do head -c 8000000 /dev/zero >/tmp/$i || exit 9; done", "exited") { ExitCode = 9, Stderr = "No space left", Limits = new { temporary_disk_bytes = 16 << 20 } },
        ["file past its limit"] = new("python", "open('/tmp/x', 'wb').write(bytes(60 << 20))", "exited") { ExitCode = 1, Stderr = "File too large" },
        ["file in memory past its limit"] = new("python", "import os; f = os.memfd_create('x')\nfor _ in range(60): os.write(f, bytes(1 << 20))", "exited") { ExitCode = 1, Stderr = "File too large" },
        ["many open files"] = new("python", "x = [open('/dev/null') for _ in range(1000)]", "exited") { ExitCode = 1, Stderr = "Too many open files", Limits = new { open_files = 32 } },
        ["more processes than it asked for"] = new("python", "import os, time\nfor _ in range(9):\n  if os.fork() == 0: time.sleep(9); os._exit(0)", "exited") { ExitCode = 1, Stderr = "BlockingIOError", Limits = new { processes = 3 } },
        // Output
        ["endless output"] = new("bash", "yes", "output_limit") { Cut = "stdout" },
        ["endless errors"] = new("bash", "yes >&2", "output_limit") { Cut = "stderr" },
        ["endless noise"] = new("bash", "cat /dev/urandom", "output_limit") { Cut = "stdout" },
        ["one byte too many"] = new("python", "print('x' * 1024, end='')\nprint('y', end='')", "output_limit") { Cut = "stdout", Stdout = new string('x', 1024), Limits = new { output_bytes = 1024 } },
        ["exactly enough"] = new("python", "print('x' * 1024, end='')", "exited") { Stdout = new string('x', 1024), Limits = new { output_bytes = 1024 } },
        ["output that is no text"] = new("bash", "printf '\\377\\000'", "exited") { Stdout = "/wA=" },
        ["zero bytes and colours"] = new("bash", "printf 'a\\000b\\033[31m\\r\\n'", "exited") { Stdout = "a\0b\u001b[31m\r\n" },
        ["many languages"] = new("python", "print('é ā 漢 🙂 \\u202e')", "exited") { Stdout = "é ā 漢 🙂 \u202e\n" },
        // Ends
        ["exit 125"] = new("bash", "exit 125", "exited") { ExitCode = 125 },
        ["exit 127"] = new("bash", "exit 127", "exited") { ExitCode = 127 },
        ["exit 255"] = new("bash", "exit 255", "exited") { ExitCode = 255 },
        ["exit 256"] = new("python", "import sys; sys.exit(256)", "exited") { ExitCode = 0 },
        ["exit -1"] = new("python", "import sys; sys.exit(-1)", "exited") { ExitCode = 255 },
        ["thread that ends the process"] = new("python", "import os, threading, time\nthreading.Thread(target=lambda: os._exit(5)).start()\ntime.sleep(60)", "exited") { ExitCode = 5 },
        ["promise that nobody catches"] = new("node", "Promise.reject(new Error('odd'))", "exited") { ExitCode = 1, Stderr = "Error: odd" },
        ["exit with a word"] = new("python", "import sys; sys.exit('word')", "exited") { ExitCode = 1, Stderr = "word\n" },
        ["leaves at once"] = new("python", "import os; os._exit(77)", "exited") { ExitCode = 77 },
        ["kills itself"] = new("bash", "kill -9 $$", "signaled") { Signal = 9, ExitCode = 137 },
        ["null pointer"] = new("python", "import ctypes; ctypes.string_at(0)", "signaled") { Signal = 11 },
        ["aborts"] = new("python", "import os; os.abort()", "signaled") { Signal = 6 },
        ["alarm"] = new("perl", "alarm 1; sleep 9", "signaled") { Signal = 14 },
        ["exception"] = new("python", "def f(): raise ValueError('odd')\nf()", "exited")
        {
            ExitCode = 1,
            Stderr = "Traceback (most recent call last):\n  File \"/w/main.py\", line 2, in <module>\n    f()\n  File \"/w/main.py\", line 1, in f\n",
        },
        ["syntax error"] = new("python", "print(", "exited") { ExitCode = 1, Stderr = "SyntaxError" },
        ["endless recursion"] = new("python", "def f(): f()\nf()", "exited") { ExitCode = 1, Stderr = "RecursionError" },
        ["prints half a surrogate"] = new("python", "print('\\ud800')", "exited") { ExitCode = 1, Stderr = "UnicodeEncodeError" },
        ["reads past the end"] = new("python", "input()", "exited") { ExitCode = 1, Stderr = "EOFError" },
        ["ignores its input"] = new("bash", "echo done", "exited") { Stdin = new string('x', 60_000), Stdout = "done\n" },
        ["interrupts itself"] = new("python", "import os, signal; os.kill(os.getpid(), signal.SIGINT); import time; time.sleep(9)", "signaled") { Signal = 2 },
        // Looking and reaching out
        ["files of the host"] = new("bash", "ls -d /root /home /var /run /sys /boot /etc/shadow /etc/hostname 2>/dev/null", "exited") { ExitCode = 2, Stdout = "" },
        ["environment"] = new("bash", "env -u PWD -u OLDPWD -u SHLVL -u _ | sort", "exited") { Stdout = "HOME=/tmp\nLANG=C.UTF-8\nPATH=/usr/local/bin:/usr/bin:/bin\n" },
        ["environment of python"] = new("python", "import os, sys; print(sorted(os.environ), sys.argv, sys.path[0], [p for p in sys.path if 'etc' in p])", "exited") { Stdout = "['HOME', 'LANG', 'PATH', 'PWD'] ['/w/main.py'] /w []\n" },
        ["writes to the system"] = new("bash", "for f in /x /w/x /usr/bin/x /etc/passwd /dev/x /proc/sysrq-trigger /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname; do (echo x >>$f) 2>/dev/null && echo $f; done; rm -f /usr/bin/python3 2>/dev/null || echo held", "exited") { Stdout = "held\n" },
        ["descriptors of the worker"] = new("bash", "for n in 3 4 5 6 7 8 9 10 99; do (echo x >&$n) 2>/dev/null && echo $n; done; echo none", "exited") { Stdout = "none\n" },
        ["network"] = new("python", "import socket\nfor a in ('10.0.0.1', '169.254.169.254', '::1'):\n  try: socket.create_connection((a, 80), 2)\n  except OSError as e: print(e.errno)", "exited") { Stdout = "101\n101\n111\n" },
        ["new namespaces"] = new("bash", "unshare -Ur id", "exited") { ExitCode = 1, Stderr = "not permitted" },
        ["mount"] = new("bash", "mount -t tmpfs none /tmp || echo refused", "exited") { Stdout = "refused\n" },
        ["becomes root"] = new("bash", "su -c id 2>/dev/null || setpriv --reuid 0 id 2>/dev/null || echo refused", "exited") { Stdout = "refused\n" },
        // What must go on working
        ["worker processes"] = new("python", "from multiprocessing import Pool\nif __name__ == '__main__':\n  with Pool(3) as p: print(sum(p.map(abs, range(-50, 50))))", "exited") { Stdout = "2500\n" },
        ["database and temporary files"] = new("python", "import sqlite3, tempfile\nwith tempfile.NamedTemporaryFile() as f:\n  c = sqlite3.connect(f.name); c.execute('create table t (x)'); print(c.execute('select count(*) from t').fetchone())", "exited") { Stdout = "(0,)\n" },
        ["own server"] = new("python", "import socket\ns = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(s.getsockname()); a, _ = s.accept(); a.send(b'x'); print(c.recv(1))", "exited") { Stdout = "b'x'\n" },
        ["javascript worker"] = new("node", "const { Worker } = require('worker_threads'); new Worker('require(\"worker_threads\").parentPort.postMessage(42)', { eval: true }).on('message', m => console.log(m))", "exited") { Stdout = "42\n" },
        ["carriage returns"] = new("bash", "printf '%s' \"a\r\n\"", "exited") { Stdout = "a\r\n" },
        ["script with carriage returns"] = new("bash", "echo a\r\necho b\r\n", "exited") { Stdout = "a\r\nb\r\n" },
        ["script with a byte order mark"] = new("python", "\ufeffprint('read')", "exited") { Stdout = "read\n" },
        ["nothing but a space"] = new("bash", " ", "exited") { ExitCode = 0, Stdout = "" },
        ["longest script"] = new("bash", $"echo ran\n#{new string('x', 65_000)}", "exited") { Stdout = "ran\n" },
        // Compilers
        ["C program"] = new("c", "#include <stdio.h>\nint main(void) { puts(\"built\"); return 4; }", "exited") { ExitCode = 4, Stdout = "built\n" },
        ["C that is none"] = new("c", "int main(void) { return x; }", "compile_error") { Stdout = "", Stderr = "" },
        ["C that overruns"] = new("c", "int main(void) { char *p = 0; return *p; }", "signaled") { Signal = 11 },
        ["C that overflows its stack"] = new("c", "int f(int n) { volatile char b[1 << 20]; b[0] = n; return f(n + 1) + b[0]; }\nint main(void) { return f(0); }", "signaled") { Signal = 11 },
        ["C that includes a device"] = new("c", "#include \"/dev/stdin\"\n#include \"/etc/shadow\"\nint main(void) { }", "compile_error"),
    };

    /// <summary>Runs beside the others; its result is known.</summary>
    public static OddScript Neighbour { get; } = new(
        "python",
        "import hashlib\nx = b'neighbour'\nfor _ in range(20000): x = hashlib.sha256(x).digest()\nopen('/tmp/x', 'wb').write(x)\nprint(open('/tmp/x', 'rb').read().hex(), flush=True)",
        "exited")
    {
        ExitCode = 0,
        Stdout = $"{Convert.ToHexStringLower(Chain())}\n",
        Stderr = "",
    };

    private static byte[] Chain() =>
        Enumerable.Range(0, 20_000).Aggregate(Encoding.ASCII.GetBytes("neighbour"), (bytes, _) => SHA256.HashData(bytes));
}
