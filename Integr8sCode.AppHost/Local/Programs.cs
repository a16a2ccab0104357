namespace Integr8sCode.Local;

/// <summary>Finds the programs of the other projects, which the build puts side by side: <c>bin/{project}/{configuration}/</c>.</summary>
internal static class Programs
{
    private static readonly DirectoryInfo Here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>DOTNET_ROOT for the programs: the .NET that runs this one, wherever it is installed.</summary>
    public static string DotnetRoot { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    public static string Find(string project)
    {
        var path = Path.Combine(Here.Parent!.Parent!.FullName, project, Here.Name, project);
        return File.Exists(path) ? path : throw new PlatformException($"{project} is not built ({path} is missing): run dotnet build Integr8sCode.sln");
    }
}
