using System.Text;

namespace Integr8sCode.Sandboxing;

/// <summary>What every test of the real sandbox needs.</summary>
public abstract class SandboxTests
{
    private readonly SandboxFixture _fixture;

    protected SandboxTests(SandboxFixture fixture)
    {
        Assert.SkipWhen(SandboxHost.MissingPart is not null, SandboxHost.MissingPart ?? "");
        _fixture = fixture;
    }

    internal SandboxHost Sandbox => _fixture.Host;

    internal static string Text(CapturedOutput output) => Encoding.UTF8.GetString(output.Bytes.Span);
}
