using System.Net;
using Integr8sCode.Client;

namespace Integr8sCode;

/// <summary>How the command ends when it is not the script that says so: sysexits.h, and what shells and timeout(1) answer.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Usage = 64;
    public const int Refused = 65;
    public const int Unavailable = 69;
    public const int Failed = 70;
    public const int NoPermission = 77;
    public const int Timeout = 124;
    public const int Signaled = 128;
    public const int Cancelled = 130;

    public static int Of(Execution ended) => ended switch
    {
        { Status: ExecutionStatus.Completed, ExitCode: { } code } => code,
        { Status: ExecutionStatus.Completed, Signal: { } signal } => Signaled + signal,
        { Status: ExecutionStatus.Completed, Compile.ExitCode: { } compiler and not 0 } => compiler,
        { Status: ExecutionStatus.Timeout } => Timeout,
        { Status: ExecutionStatus.Cancelled } => Cancelled,
        _ => Failed,
    };

    public static int Of(Integr8sException problem) => problem.StatusCode switch
    {
        null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => Unavailable,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => NoPermission,
        _ => Refused,
    };
}
