namespace Integr8sCode.Chaos;

/// <summary>One kind of script of the load.</summary>
/// <param name="Cancelled">Its user cancels it soon after.</param>
internal sealed record ChaosScript(string Language, string Script, double? TimeoutSeconds = null, bool Cancelled = false)
{
    private static readonly ChaosScript[] Mix =
    [
        new("bash", "echo hello"),
        new("python", "print('hello')"),
        new("bash", "exit 3"),
        new("python", "import time; time.sleep(1); print('slept')"),
        new("bash", "sleep 10", Cancelled: true),
        new("python", "raise ValueError('on purpose')"),
        new("bash", "sleep 2; echo slept"),
        new("python", "import time; time.sleep(5)", TimeoutSeconds: 1),
    ];

    public static ChaosScript Of(int number) => Mix[number % Mix.Length];
}
