using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Integr8sCode.Fuzzing;

/// <summary>One request, made of a seed and its number alone, so that it can be made again.</summary>
/// <param name="Caller">Whose key it has: <c>nobody</c>, <c>user</c>, <c>admin</c> or <c>stranger</c>.</param>
internal sealed partial record FuzzedRequest(
    int Number, FuzzedRoute Route, string Caller, string Target, IReadOnlyList<(string Name, string Value)> Headers, string? ContentType, string? Body)
{
    private const int LongestTarget = 7500; // Kestrel itself refuses more than 8 KiB
    private const int OversizedBytes = 3 * 1024 * 1024;
    private static readonly string[] Callers = ["nobody", "user", "user", "user", "admin", "admin", "admin", "admin", "stranger"];
    private static readonly string[] ContentTypes = ["text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=nonsense", "nonsense", ""];
    private static readonly string[] HeaderNames =
        ["Idempotency-Key", "Last-Event-ID", "traceparent", "tracestate", "X-Correlation-ID", "Accept", "X-Forwarded-For", "If-None-Match", "Content-Encoding", "X-API-Key", "baggage"];

    public static FuzzedRequest Make(int seed, int number, IReadOnlyList<FuzzedRoute> routes, FuzzedBody bodies, FuzzedIds ids)
    {
        var random = new Random(HashCode(seed, number));
        var route = routes[number % routes.Count];
        var path = PathOf(route.Path, ids, random);
        var query = route.Query.Where(_ => random.Next(3) == 0).Select(name => $"{name}={Uri.EscapeDataString(OddValues.Text(random))}").ToList();
        if (random.Next(12) == 0) query.AddRange(query.ToArray());
        var headers = HeaderNames.Where(_ => random.Next(10) == 0).Select(name => (name, Visible(OddValues.Text(random)))).ToList();
        var takesBody = route.Body is not null && random.Next(20) > 0;

        var target = query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";

        return new(
            number, route, Callers[random.Next(Callers.Length)], target[..Math.Min(target.Length, LongestTarget)], headers,
            takesBody ? random.Next(15) == 0 ? ContentTypes[random.Next(ContentTypes.Length)] : "application/json" : null,
            !takesBody ? null : random.Next(300) == 0 ? new string(' ', OversizedBytes) : bodies.Make(route, random));
    }

    public HttpRequestMessage ToMessage(Uri api, string? key)
    {
        // As it stands: the client would tidy up what the server is to be asked.
        var message = new HttpRequestMessage(Route.Method, new Uri($"{api.GetLeftPart(UriPartial.Authority)}{Target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (key is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
            if (ContentType is not "") message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            message.Headers.ExpectContinue = Body.Length == OversizedBytes;
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public override string ToString()
    {
        var body = Body is { Length: > 500 } ? $"{Body[..500]}... ({Body.Length} characters)" : Body;
        return $"{Route.Method} {Target}, as {Caller}\n      {string.Join("\n      ", Headers.Select(header => $"{header.Name}: {header.Value}").Append($"Content-Type: {ContentType}"))}\n      {body}";
    }

    // Three ids in four are of something that is there.
    private static string PathOf(string path, FuzzedIds ids, Random random) => Parameter().Replace(path, parameter =>
        Uri.EscapeDataString((random.Next(4) > 0 ? ids.Find(path[..(parameter.Index - 1)], random) : null) ?? WithoutNul(OddValues.Text(random))));

    // HashCode.Combine is seeded anew by each process.
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 7_919));

    // Kestrel itself refuses a path with a NUL, before there is anybody to explain it.
    private static string WithoutNul(string text) => text.Replace("\0", "", StringComparison.Ordinal) is { Length: > 0 } rest ? rest : "x";

    private static string Visible(string text) => string.Concat(text.Where(c => c is >= ' ' and <= '~').Take(1000)).Trim() is { Length: > 0 } rest ? rest : "x";

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
