using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Integr8sCode.Fuzzing;

/// <summary>Ids of what is really there, for each place in a path that takes one: what the list at that place tells.</summary>
internal sealed class FuzzedIds
{
    private static readonly IReadOnlySet<string> Callers = new HashSet<string> { "user", "admin" }; // without them everything after is a 401

    private readonly Dictionary<string, List<string>> _byList = [];

    /// <param name="keys">Of a user and of an admin, whose lists are read.</param>
    public static async Task<FuzzedIds> ReadAsync(
        HttpClient http, Uri api, IReadOnlyList<string> keys, IReadOnlyList<FuzzedRoute> routes, CancellationToken cancellationToken)
    {
        var ids = new FuzzedIds();
        var lists = routes.Where(route => route.Method == HttpMethod.Get).Select(route => route.Path).Order(StringComparer.Ordinal).ToList();
        foreach (var list in lists.Where(list => routes.Any(route => route.Path.StartsWith($"{list}/{{", StringComparison.Ordinal))))
        {
            foreach (var path in ids.Fill(list))
            {
                foreach (var key in keys)
                {
                    ids.Note(list, await GetAsync(http, new Uri(api, path), key, cancellationToken));
                }
            }
        }

        return ids;
    }

    /// <returns>An id that the list has; <see langword="null"/> where it has none, or is no list.</returns>
    public string? Find(string list, Random random) => _byList.TryGetValue(list, out var ids) ? ids[random.Next(ids.Count)] : null;

    /// <summary>The list's addresses: one for each of what stands before it in the path, and none where nothing does.</summary>
    private IEnumerable<string> Fill(string list)
    {
        var place = list.IndexOf("/{", StringComparison.Ordinal);
        return place < 0 ? [list]
            : _byList.GetValueOrDefault(list[..place], []).Select(id => $"{list[..place]}/{id}{list[(list.IndexOf('}', place) + 1)..]}").Where(path => !path.Contains('{'));
    }

    private void Note(string list, JsonNode? answer)
    {
        var found = ((answer as JsonObject)?["items"] as JsonArray ?? [])
            .Select(item => (item as JsonObject)?.FirstOrDefault().Value as JsonValue)
            .Select(first => first is not null && first.TryGetValue<string>(out var id) ? id : null)
            .OfType<string>().Except(Callers).ToList();
        if (found.Count > 0)
        {
            _byList[list] = [.. _byList.GetValueOrDefault(list, []).Union(found)];
        }
    }

    private static async Task<JsonNode?> GetAsync(HttpClient http, Uri address, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request, cancellationToken);
        return response.Content.Headers.ContentType?.MediaType == "application/json"
            ? JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))
            : null;
    }
}
