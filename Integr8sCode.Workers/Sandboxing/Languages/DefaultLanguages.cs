namespace Integr8sCode.Sandboxing.Languages;

/// <summary>The table that configuration starts from; paths are those of Debian's packages.</summary>
internal static class DefaultLanguages
{
    public static IDictionary<string, LanguageOptions> Create() => new Dictionary<string, LanguageOptions>
    {
        // -s and not -I: a script may import the files sent with it.
        ["python"] = new()
        {
            Interpreter = "/usr/bin/python3",
            Arguments = ["-s"],
            FileName = "main.py",
            Example = "print('Hello from Python')\n",
            Parks = true,
        },
        ["bash"] = new() { Interpreter = "/usr/bin/bash", FileName = "main.sh", Example = "echo 'Hello from Bash'\n" },
        // V8 reserves and starts threads by the number of cores.
        ["node"] = new()
        {
            Interpreter = "/usr/bin/node",
            FileName = "main.js",
            Example = "console.log('Hello from Node.js');\n",
            MemoryBytes = 512 << 20,
            Processes = 128,
        },
        ["perl"] = new() { Interpreter = "/usr/bin/perl", FileName = "main.pl", Example = "print \"Hello from Perl\\n\";\n" },
        ["ruby"] = new() { Interpreter = "/usr/bin/ruby", FileName = "main.rb", Example = "puts 'Hello from Ruby'\n" },
        ["php"] = new() { Interpreter = "/usr/bin/php", FileName = "main.php", Example = "<?php echo \"Hello from PHP\\n\";\n" },
        ["c"] = new()
        {
            Interpreter = "/usr/bin/gcc",
            Arguments = ["-std=gnu17", "-O2", "-Wall", "-o", CompileStep.Program, CompileStep.Sources, "-lm", "-pthread"],
            FileName = "main.c",
            Example = "#include <stdio.h>\n\nint main(void) { puts(\"Hello from C\"); }\n",
        },
        ["c++"] = new()
        {
            Interpreter = "/usr/bin/g++",
            Arguments = ["-std=gnu++20", "-O2", "-Wall", "-o", CompileStep.Program, CompileStep.Sources, "-pthread"],
            FileName = "main.cpp",
            Example = "#include <iostream>\n\nint main() { std::cout << \"Hello from C++\\n\"; }\n",
        },
        ["go"] = new()
        {
            Interpreter = "/usr/bin/go",
            Arguments = ["build", "-o", CompileStep.Program, CompileStep.Sources],
            VersionArguments = ["version"],
            CompileEnvironment = { ["GOCACHE"] = "/tmp/go-cache", ["GOPATH"] = "/tmp/go", ["CGO_ENABLED"] = "0", ["GOFLAGS"] = "-mod=mod" },
            FileName = "main.go",
            Example = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"Hello from Go\") }\n",
            Processes = 128,
        },
        ["c#"] = CSharp.Create(),
        ["lua"] = new() { Interpreter = "/usr/bin/lua", VersionArguments = ["-v"], FileName = "main.lua", Example = "print('Hello from Lua')\n" },
    };
}
