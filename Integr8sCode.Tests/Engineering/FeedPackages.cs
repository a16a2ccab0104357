using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Integr8sCode.Engineering;

/// <summary>The packages that eng/Feed.csproj asks the feed for, with the versions of Directory.Packages.props.</summary>
internal sealed class FeedPackages(string feedProject, string packageVersions)
{
    private readonly XDocument _project = XDocument.Load(feedProject);
    private readonly XDocument _versions = XDocument.Load(packageVersions);

    public IEnumerable<(string Id, string Version)> Of(params string[] features) => features.SelectMany(ItemsOf).Select(item =>
    {
        var id = item.Attribute("Include")!.Value;
        return (Resolve(id), Resolve(item.Attribute("Version")?.Value.Trim('[', ']') ?? VersionOf(id)));
    });

    private IEnumerable<XElement> ItemsOf(string feature) =>
        _project.Descendants("ItemGroup").Single(items => items.Attribute("Condition")!.Value.Contains($"'{feature}'", StringComparison.Ordinal)).Elements();

    private string VersionOf(string id) =>
        _versions.Descendants("PackageVersion").Single(item => item.Attribute("Include")?.Value == id).Attribute("Version")!.Value;

    private string Resolve(string value) => value
        .Replace("$(AspireVersion)", _versions.Descendants("AspireVersion").Single().Value, StringComparison.Ordinal)
        .Replace("$(NETCoreSdkPortableRuntimeIdentifier)", RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal);
}
