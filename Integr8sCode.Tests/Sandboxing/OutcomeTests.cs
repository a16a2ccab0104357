namespace Integr8sCode.Sandboxing;

[Collection(SandboxFixture.Collection)]
public sealed class OutcomeTests(SandboxFixture fixture) : SandboxTests(fixture)
{
    [Theory]
    [InlineData("python", "print('hello')")]
    [InlineData("bash", "echo hello")]
    [InlineData("node", "console.log('hello')")]
    [InlineData("perl", "print \"hello\\n\"")]
    [InlineData("ruby", "puts 'hello'")]
    [InlineData("php", "<?php echo \"hello\\n\";")]
    [InlineData("lua", "print('hello')")]
    public async Task A_script_says_hello(string language, string script)
    {
        var result = await Sandbox.RunAsync(language, script);

        Assert.Null(result.Error);
        Assert.Equal((SandboxOutcome.Exited, 0), (result.Outcome, result.ExitCode));
        Assert.Equal("hello\n", Text(result.Stdout));
        Assert.Equal("", Text(result.Stderr));
    }
}
