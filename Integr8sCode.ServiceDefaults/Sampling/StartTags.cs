namespace Integr8sCode.Sampling;

/// <summary>The tags a span starts with, read without the enumerator that foreach would allocate.</summary>
internal static class StartTags
{
    public static string? Find(IEnumerable<KeyValuePair<string, object?>>? tags, string key)
    {
        switch (tags)
        {
            case null:
                return null;
            case KeyValuePair<string, object?>[] array:
                foreach (var (name, value) in array)
                {
                    if (name == key) return value as string;
                }
                return null;
            case IReadOnlyList<KeyValuePair<string, object?>> list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i].Key == key) return list[i].Value as string;
                }
                return null;
            default:
                foreach (var (name, value) in tags)
                {
                    if (name == key) return value as string;
                }
                return null;
        }
    }
}
