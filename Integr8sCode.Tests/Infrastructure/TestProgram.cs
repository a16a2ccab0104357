using System.Diagnostics;

namespace Integr8sCode.Infrastructure;

/// <summary>This test program as another process, running only one class of explicit tests.</summary>
internal static class TestProgram
{
    public static ProcessStartInfo Of<T>() =>
        new("dotnet", [$"{AppContext.BaseDirectory}Integr8sCode.Tests.dll", "-explicit", "only", "-class", typeof(T).FullName!]) { RedirectStandardOutput = true };
}
