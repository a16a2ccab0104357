using Integr8sCode;

return args switch
{
    ["run", .. var rest] => await RunCommand.StartAsync(rest),
    [] or ["--help" or "-h", ..] => ShowUsage(),
    _ => Refuse(args[0]),
};

static int ShowUsage()
{
    Console.WriteLine(
        """
        integr8s run FILE [options] [-- ARGUMENT...]
            Runs a script on an Integr8sCode installation: passes standard input on, shows the output as it comes, ends as the script ends.

          --language L     of the script; without it the file's extension decides
          --version V      of the language, or a prefix of it (3, 3.11)
          --timeout S      wall-clock limit in seconds
          --priority P     high goes ahead of what has waited up to five minutes longer, low lets as much pass
          --no-stdin       leave standard input alone; it is not read from a terminal either
          --trace          tell afterwards where the time went, also where standard error is no terminal
          --quiet          do not tell it, and do not wait a second or two for it
          --url URL        address of the API; else INTEGR8S_URL, else http://127.0.0.1:8080
          --key KEY        API key; else INTEGR8S_KEY, which other users of the machine cannot see

        Ctrl-C cancels the execution; once more, and it is left alone.

        Exit codes: the script's own, 128 + n where signal n ended it, 124 at its time limit, 130 cancelled, and of the platform: 64 wrong options,
        65 the script was refused, 69 not reachable or busy, 70 it failed to run the script, 77 the key is wrong.
        """);
    return ExitCodes.Success;
}

static int Refuse(string argument)
{
    Console.Error.WriteLine($"integr8s: unknown command '{argument}'; --help shows what there is");
    return ExitCodes.Usage;
}
