using System.Globalization;

namespace Integr8sCode.Spans;

/// <summary>
/// What the search index holds instead of text: 32 bits of a hash. Two texts that share a hash cost a search one look at a
/// trace more and never a wrong answer, because every trace found is checked against its spans.
/// </summary>
internal static class SearchTerm
{
    /// <summary>The terms that a span can be found by; those of its origin's resource apart.</summary>
    public static IEnumerable<int> Of(OwnedSpan owned) =>
        SpanTags.Searchable(owned.Span, owned.Origin)
            .Select(tag => Tag(owned.Origin.Service, tag.Key, AttributeText.Of(tag.Value)))
            .Prepend(Operation(owned.Origin.Service, owned.Span.Name))
            .Prepend(Service(owned.Origin.Service));

    public static int Service(string service) => Hash('s', service);

    public static int Operation(string service, string operation) => Hash('o', service, operation);

    public static int Tag(string service, string key, string value) => Hash('t', service, key, value);

    /// <summary>Stands for all attributes of a resource, which would otherwise be indexed again for every trace.</summary>
    public static int Origin(long origin) => Hash('r', origin.ToString(CultureInfo.InvariantCulture));

    // FNV-1a: stored, so it has to be the same in every process; string.GetHashCode is not.
    private static int Hash(char kind, params ReadOnlySpan<string> parts)
    {
        const ulong prime = 1099511628211;
        var hash = (14695981039346656037 ^ kind) * prime;
        foreach (var part in parts)
        {
            foreach (var c in part)
            {
                hash = (hash ^ c) * prime;
            }

            hash *= prime; // a boundary: ("ab", "c") is not ("a", "bc")
        }

        return (int)(hash ^ (hash >> 32));
    }
}
