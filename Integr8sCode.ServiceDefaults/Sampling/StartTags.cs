using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Integr8sCode.Sampling;

/// <summary>
/// The tags a span starts with, read in one pass from the end, where url.path is, and without the enumerator that foreach would allocate.
/// </summary>
internal static class StartTags
{
    private const string MethodKey = "http.request.method";
    private const string PathKey = "url.path";

    public static string? Find(IEnumerable<KeyValuePair<string, object?>>? tags, string key) => Find(tags, key, key).First;

    /// <summary>Method and path of a request. ASP.NET Core puts them third from the end and last; wherever else they are, they are found too.</summary>
    public static (string? Method, string? Path) Request(IEnumerable<KeyValuePair<string, object?>>? tags)
    {
        if (tags is TagList)
        {
            ref var list = ref Unsafe.Unbox<TagList>(tags);
            var last = list.Count - 1;
            if (last >= 2)
            {
                var (path, method) = (list[last], list[last - 2]);
                if (path.Key == PathKey && method.Key == MethodKey) return (method.Value as string, path.Value as string);
            }
        }
        return Find(tags, MethodKey, PathKey);
    }

    /// <returns>The texts of two keys; null where a key is missing or has no text.</returns>
    public static (string? First, string? Second) Find(IEnumerable<KeyValuePair<string, object?>>? tags, string first, string second)
    {
        var found = new Found(first, second);
        switch (tags)
        {
            case null:
                break;
            case TagList: // what ASP.NET Core passes; in its box, because a copy would take longer than the search
                ref var list = ref Unsafe.Unbox<TagList>(tags);
                for (var i = list.Count - 1; i >= 0 && !found.IsComplete; i--) found.Look(list[i]);
                break;
            case KeyValuePair<string, object?>[] array:
                for (var i = array.Length - 1; i >= 0 && !found.IsComplete; i--) found.Look(array[i]);
                break;
            case IReadOnlyList<KeyValuePair<string, object?>> any:
                for (var i = any.Count - 1; i >= 0 && !found.IsComplete; i--) found.Look(any[i]);
                break;
            default:
                foreach (var tag in tags) found.Look(tag);
                break;
        }
        return (found.First, found.Second);
    }

    private ref struct Found(string first, string second)
    {
        public string? First { get; private set; }

        public string? Second { get; private set; }

        public readonly bool IsComplete => First is not null && Second is not null;

        public void Look(in KeyValuePair<string, object?> tag)
        {
            if (First is null && tag.Key == first) First = tag.Value as string;
            if (Second is null && tag.Key == second) Second = tag.Value as string;
        }
    }
}
