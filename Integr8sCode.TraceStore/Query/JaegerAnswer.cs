namespace Integr8sCode.Query;

/// <summary>The envelope of every answer of Jaeger's API v1; all five keys are always there.</summary>
internal sealed record JaegerAnswer<T>(IReadOnlyList<T>? Data, int Total, int Limit, int Offset, IReadOnlyList<JaegerError>? Errors)
{
    public static JaegerAnswer<T> Of(IReadOnlyList<T> data) => new(data, data.Count, 0, 0, null);
}

internal sealed record JaegerError(int Code, string Msg);
