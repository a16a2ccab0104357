using System.Net;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Users;

/// <summary>Every route of the OpenAPI document, asked by somebody without a key, another user, the owner and an admin.</summary>
[Collection<SharedPlatform>]
public sealed class AuthorizationTableTests : IDisposable
{
    private readonly ApiUser _anonymous;
    private readonly ApiUser _other;
    private readonly ApiUser _owner;
    private readonly ApiUser _admin;

    public AuthorizationTableTests(PlatformFixture fixture)
    {
        var platform = fixture.Join();
        _anonymous = new(platform.Api, key: null);
        _other = new(platform.Api, PlatformFixture.OtherKey);
        _owner = new(platform.Api, platform.Keys.User);
        _admin = new(platform.Api, platform.Keys.Admin);
    }

    public static TheoryData<string> Routes => [.. AuthorizationTable.Routes.Select(route => route.Name)];

    [Fact]
    public async Task The_table_has_exactly_the_routes_of_the_openapi_document()
    {
        var paths = (await _anonymous.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();
        var documented = paths.SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"));

        Assert.Equal(documented.Order(StringComparer.Ordinal), Routes.Select(row => row.Data).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_serves_whom_the_table_says(string name)
    {
        var route = AuthorizationTable.Routes.Single(route => route.Name == name);

        foreach (var (caller, expected) in ExpectationsOf(route.Access))
        {
            var id = route.MakeAsync is null ? Guid.CreateVersion7().ToString() : await route.MakeAsync(_owner);
            using var request = new HttpRequestMessage(route.Method, route.PathOf(id));
            using var response = await caller.Http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

            Assert.True(expected(response.StatusCode), $"{NameOf(caller)} got {(int)response.StatusCode} from {request.Method} {request.RequestUri}");
        }
    }

    public void Dispose()
    {
        _anonymous.Dispose();
        _other.Dispose();
        _owner.Dispose();
        _admin.Dispose();
    }

    // Only whether the caller gets in is asked here; without a body, or with an id that nothing has, it may still be wrong.
    private static bool IsServed(HttpStatusCode status) => !IsRefused(status) && status is < HttpStatusCode.InternalServerError and not HttpStatusCode.MethodNotAllowed;

    private static bool IsServedWhatItNames(HttpStatusCode status) => IsServed(status) && status is not HttpStatusCode.NotFound;

    private static bool IsRefused(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;

    private static Func<HttpStatusCode, bool> Is(HttpStatusCode expected) => status => status == expected;

    private (ApiUser Caller, Func<HttpStatusCode, bool> Expected)[] ExpectationsOf(RouteAccess access) => access switch
    {
        RouteAccess.Open => [(_anonymous, IsServed), (_other, IsServed), (_owner, IsServed), (_admin, IsServed)],
        RouteAccess.SignedIn => [(_anonymous, Is(HttpStatusCode.Unauthorized)), (_other, IsServed), (_owner, IsServed), (_admin, IsServed)],
        RouteAccess.Owned =>
        [
            (_anonymous, Is(HttpStatusCode.Unauthorized)), (_other, Is(HttpStatusCode.NotFound)),
            (_owner, IsServedWhatItNames), (_admin, IsServedWhatItNames),
        ],
        _ =>
        [
            (_anonymous, Is(HttpStatusCode.Unauthorized)), (_other, Is(HttpStatusCode.Forbidden)),
            (_owner, Is(HttpStatusCode.Forbidden)), (_admin, IsServed),
        ],
    };

    private string NameOf(ApiUser caller) =>
        caller == _anonymous ? "anonymous" : caller == _other ? "another user" : caller == _owner ? "the owner" : "an admin";
}
