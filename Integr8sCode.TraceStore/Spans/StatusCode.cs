namespace Integr8sCode.Spans;

/// <summary>The numbers are those of OTLP.</summary>
internal enum StatusCode
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
