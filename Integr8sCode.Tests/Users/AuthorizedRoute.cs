using System.Text.RegularExpressions;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Users;

/// <param name="Name">Method and path, as the OpenAPI document spells them.</param>
/// <param name="MakeAsync">Makes what the path's first parameter names, owned by the given user; each call makes another.</param>
internal sealed partial record AuthorizedRoute(string Name, RouteAccess Access, Func<ApiUser, Task<string>>? MakeAsync = null)
{
    public HttpMethod Method => new(Name[..Name.IndexOf(' ', StringComparison.Ordinal)]);

    public string Path => Name[(Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <returns>The path with its parameters filled in: with <paramref name="id"/> first, then with ids that nothing has.</returns>
    public string PathOf(string id) => Parameter().Replace(Parameter().Replace(Path, id, count: 1), Guid.CreateVersion7().ToString());

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
