namespace Integr8sCode.Sandboxing.Languages;

/// <summary>
/// C# with the compiler and the runtime of an installed .NET SDK, and nothing of its build system, which would restore packages. The program is
/// a shell script with the assembly behind it, so that it is one file as every compiler's.
/// </summary>
internal static class CSharp
{
    private const string Newest = "sdk=$(dotnet --list-sdks | tail -n 1)";

    private const string Build =
        $$"""
        set -e
        {{Newest}}
        folder=${sdk#*[}; folder=${folder%]}; major=${sdk%%.*}
        for reference in "${folder%/sdk}"/packs/Microsoft.NETCore.App.Ref/"$major".*/ref/net*/*.dll; do set -- "$@" "-r:$reference"; done
        for space in System System.Collections.Generic System.IO System.Linq System.Net.Http System.Threading System.Threading.Tasks; do
            echo "global using $space;"
        done >/tmp/usings.cs
        dotnet exec "$folder/${sdk%% *}/Roslyn/bincore/csc.dll" -nologo -noconfig -nostdlib -optimize -unsafe -nullable:enable \
            -out:/tmp/main.dll /tmp/usings.cs "$@"
        {
            cat <<END
        #!/bin/sh
        echo '{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"$major.0.0"} } }' >/tmp/main.runtimeconfig.json
        export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0
        tail -n +6 "\$0" >/tmp/main.dll && exec dotnet exec /tmp/main.dll "\$@"
        exit 126
        END
            cat /tmp/main.dll
        } >{{CompileStep.Program}}
        chmod +x {{CompileStep.Program}}
        """;

    public static LanguageOptions Create() => new()
    {
        Interpreter = "/bin/sh",
        VersionArguments = ["-c", $"{Newest}; echo $sdk"],
        Arguments = ["-c", Build, "csc", CompileStep.Sources],
        // Where writing and executing are kept apart, .NET maps its code through a file that is larger than any limit of one.
        CompileEnvironment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_gcServer"] = "0" },
        FileName = "main.cs",
        Example = "Console.WriteLine(\"Hello from C#\");\n",
        MemoryBytes = 512 << 20,
        Processes = 128,
    };
}
