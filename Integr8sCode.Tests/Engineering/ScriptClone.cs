using System.Diagnostics;
using System.IO.Compression;

namespace Integr8sCode.Engineering;

/// <summary>The scripts in a folder of their own, with an own home, cache and PATH, so that they meet exactly what a test gives them.</summary>
internal sealed class ScriptClone : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly string _root = Directory.CreateTempSubdirectory("integr8scode-scripts-").FullName;
    private readonly string _repository = FindRepository();
    private string _path = Environment.GetEnvironmentVariable("PATH")!;

    public ScriptClone()
    {
        Copy("run.sh", "test.sh", "global.json", "Directory.Packages.props");
        Copy([.. Directory.GetFiles(PathOf("eng", _repository)).Select(file => $"eng/{Path.GetFileName(file)}")]);
        Directory.CreateDirectory(PathOf("home"));
    }

    /// <summary>The folder that holds the library in this clone's cache.</summary>
    public string LibrdkafkaCache => PathOf("cache/integr8scode/librdkafka/2.15.1");

    public string PathOf(string relative) => PathOf(relative, _root);

    public void Copy(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.Copy(PathOf(file, _repository), PathOf(file));
        }
    }

    public void Write(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), content);
    }

    public void WriteProgram(string file, string script)
    {
        Write(file, $"#!/bin/bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Puts a program of this name before the real one.</summary>
    public void Stub(string program, string script) => WriteProgram($"stubs/{program}", script);

    /// <summary>Makes the machine look as if it had nothing but the most basic programs, the stubs and these.</summary>
    public void ShowOnly(params string[] programs)
    {
        var visible = Directory.CreateDirectory(PathOf("visible")).FullName;
        foreach (var program in (string[])["bash", "cut", "dirname", "sed", "uname", .. programs])
        {
            var file = _path.Split(':').Select(directory => Path.Combine(directory, program)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(visible, program), file);
        }

        _path = visible;
    }

    /// <summary>Replaces the NuGet configuration by one with this single source.</summary>
    public void UseFeed(string source) => Write("nuget.config", $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="tested" value="{source}" allowInsecureConnections="true" />
          </packageSources>
        </configuration>
        """);

    /// <summary>Makes a folder with empty packages the only source.</summary>
    public void UseFeedWith(IEnumerable<(string Id, string Version)> packages)
    {
        UseFeed(Directory.CreateDirectory(PathOf("packages")).FullName);
        foreach (var (id, version) in packages)
        {
            using var package = ZipFile.Open(PathOf($"packages/{id}.{version}.nupkg"), ZipArchiveMode.Create);
            using var specification = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
            specification.Write($"""
                <package>
                  <metadata><id>{id}</id><version>{version}</version><authors>test</authors><description>Empty</description></metadata>
                </package>
                """);
        }
    }

    public async Task<ScriptResult> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program.EndsWith(".sh", StringComparison.Ordinal) ? PathOf(program) : program, arguments)
        {
            WorkingDirectory = _root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{PathOf("stubs")}:{_path}",
                ["HOME"] = PathOf("home"),
                ["XDG_CACHE_HOME"] = PathOf("cache"),
                ["NUGET_PACKAGES"] = PathOf("home/packages"),
                ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "true",
            },
        };
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        return new ScriptResult(process.ExitCode, (await output).TrimEnd(), (await error).TrimEnd());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string PathOf(string relative, string root) => Path.Combine(root, relative);

    public static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(PathOf("Integr8sCode.sln", directory.FullName)))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }
}
