using System.Reflection;

namespace Integr8sCode;

public sealed class ArchitectureTests
{
    private const string Prefix = "Integr8sCode.";

    /// <summary>The arrows of the house; a project that is not listed may reference none of ours.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Kafka"] = ["Core"],
        ["Storage"] = ["Core"],
        ["TraceStore"] = ["ServiceDefaults"],
        ["Api"] = ["Core", "Kafka", "ServiceDefaults", "Storage"],
        ["Workers"] = ["Core", "Kafka", "ServiceDefaults", "Storage"],
        ["AppHost"] = ["Core"],
        ["Cli"] = ["Client"],
    };

    public static TheoryData<string> Projects => [.. Arrows.Keys, "Core", "ServiceDefaults", "Broker", "Client"];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_its_arrow_points_to(string project)
    {
        var references = Assembly.Load(Prefix + project).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]);

        Assert.Subset(Arrows.GetValueOrDefault(project, []).ToHashSet(), references.ToHashSet());
    }

    [Theory]
    [InlineData("Core")]
    [InlineData("Client")]
    public void Core_and_client_reference_only_the_framework(string project)
    {
        var references = Assembly.Load(Prefix + project).GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }
}
