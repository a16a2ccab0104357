using System.Text;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sandboxing;

/// <summary>A secret in the worker's environment (and so in its memory) and in its files must never appear in what a script writes.</summary>
public sealed class CanaryTests
{
    // In two parts, so that no script contains it.
    private const string First = "canary-3b7f";
    private const string Canary = $"{First}-91e2d6";

    private static readonly (string Language, string Script)[] _seekers =
    [
        ("bash", "cat /proc/*/environ /proc/*/cmdline /proc/*/maps /proc/*/stack /proc/self/mountinfo /proc/keys 2>&1; env; set; ls -lR /w /tmp /etc /proc/self/fd 2>&1"),
        ("bash", $"timeout 8 grep -rhoa --exclude-dir=sys --exclude-dir=usr '{First}[-0-9a-f]*' / 2>/dev/null"),
        ("python", """
            import glob, os
            for path in glob.glob('/proc/[0-9]*/') + ['/proc/self/']:
                for name in ('environ', 'cmdline', 'auxv', 'mem', 'root/etc/passwd', 'cwd/main.py'):
                    try:
                        with open(path + name, 'rb') as f: print(path, name, f.read(20000))
                    except OSError as e: print(path, name, e.errno)
            """),
        ("python", """
            import re
            found = []
            for line in open('/proc/self/maps'):
                start, end = (int(x, 16) for x in line.split()[0].split('-'))
                if 'r' in line.split()[1] and end < 1 << 47:
                    try:
                        with open('/proc/self/mem', 'rb') as m:
                            m.seek(start); found += re.findall(b'canary' + b'-[-0-9a-f]{8,}', m.read(end - start))
                    except (OSError, ValueError): pass
            print(found)
            """),
        ("python", """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            for pid in range(1, 400):
                print(pid, libc.syscall(310, pid, 0, 0, 0, 0, 0), libc.ptrace(16, pid, 0, 0))
            """),
        ("c", """
            #include <stdio.h>
            #include "/proc/self/environ"
            #include "/proc/1/environ"
            int main(void) { return 0; }
            """),
        ("node", "const fs = require('fs'); for (const p of ['/proc/self/environ', '/proc/1/environ', '/proc/1/cmdline']) { try { console.log(fs.readFileSync(p, 'latin1')) } catch (e) { console.log(e.code) } } console.log(process.env, process.report.getReport())"),
    ];

    [Fact]
    public async Task The_workers_secret_never_appears_in_a_scripts_output()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{First}-{Guid.CreateVersion7():N}");
        await File.WriteAllTextAsync(file, Canary, TestContext.Current.CancellationToken);
        await using var test = await PlatformUnderTest.StartAsync(
            options => options.With("PLATFORM_SECRET", Canary, "execution-worker"), TestContext.Current.CancellationToken);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);
        var worker = await File.ReadAllTextAsync($"/proc/{test.Platform["execution-worker"].ProcessId}/environ", TestContext.Current.CancellationToken);
        Assert.Contains(Canary, worker, StringComparison.Ordinal);
        var known = (await user.GetAsync("/api/v1/languages"))["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()).ToHashSet();

        var ids = await Task.WhenAll(_seekers.Where(seeker => known.Contains(seeker.Language))
            .Select(seeker => user.SubmitAsync(seeker.Script, seeker.Language)));
        foreach (var id in ids)
        {
            var said = (await user.GetEndedAsync(id)).DeepClone().AsObject();
            said.Remove("script");
            Assert.DoesNotContain(Canary, Readable(said["stdout"]?.ToString()) + Readable(said["stderr"]?.ToString()) + said, StringComparison.Ordinal);
        }
        File.Delete(file);
    }

    // Output that is no text comes as base64.
    private static string Readable(string? output)
    {
        var bytes = new byte[output?.Length ?? 0];
        return Convert.TryFromBase64String(output ?? "", bytes, out var length) ? Encoding.Latin1.GetString(bytes, 0, length) : output ?? "";
    }
}
