namespace Integr8sCode.Spans;

/// <summary>The numbers are those of OTLP.</summary>
internal enum SpanKind
{
    Unspecified = 0,
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}
