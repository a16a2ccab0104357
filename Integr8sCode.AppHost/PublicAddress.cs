namespace Integr8sCode;

internal static class PublicAddress
{
    /// <summary>What a browser reaches an endpoint by: itself on this machine; once published, a parameter, because only the operator knows.</summary>
    /// <param name="name">Of the parameter.</param>
    /// <param name="published">Its default.</param>
    /// <param name="endpoint">What it is on this machine.</param>
    public static ReferenceExpression AddPublicAddress(
        this IDistributedApplicationBuilder builder, string name, string published, EndpointReference endpoint) => builder.ExecutionContext.IsPublishMode
        ? ReferenceExpression.Create($"{builder.AddParameter(name, published, publishValueAsDefault: true)}")
        : ReferenceExpression.Create($"{endpoint}");
}
