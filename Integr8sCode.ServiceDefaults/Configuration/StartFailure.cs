using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Configuration;

/// <summary>Ends a process that cannot start for a reason its operator can mend with a line for each reason and exit code 1, not with a stack trace.</summary>
internal static class StartFailure
{
    /// <summary>For the whole process, because settings are read while a host is registered, built and started.</summary>
    public static void ExplainUnhandled()
    {
        AppDomain.CurrentDomain.UnhandledException -= Explain;
        AppDomain.CurrentDomain.UnhandledException += Explain;
    }

    private static void Explain(object sender, UnhandledExceptionEventArgs unhandled)
    {
        if (Reasons((Exception)unhandled.ExceptionObject).ToList() is not { Count: > 0 } reasons) return; // a fault of ours keeps its trace
        foreach (var reason in reasons) Console.Error.WriteLine(reason);
        Environment.Exit(1);
    }

    private static IEnumerable<string> Reasons(Exception exception) => exception switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException several => several.InnerExceptions.SelectMany(Reasons),
        IOException { InnerException: AddressInUseException } => [exception.Message],
        // "Failed to convert configuration value 'ten' at 'Section:Option' to type 'System.Int32'."
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => [exception.Message],
        _ => [],
    };
}
