namespace Integr8sCode.Mongo;

/// <param name="Id">Name of the lease.</param>
internal sealed record LeaseDocument(string Id, string Owner, DateTimeOffset Until);
