namespace Integr8sCode.Notifications;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_test";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1767225600);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly byte[] Body = """{"id":1}"""u8.ToArray();

    // printf '1767225600.{"id":1}' | openssl dgst -sha256 -hmac whsec_test
    [Fact]
    public void A_signature_is_what_any_other_program_computes() => Assert.Equal(
        "t=1767225600,v1=c288d7ec0b1747de22e35fbdbabba9772c8e0d64b7db67e546bc92b86c005ab8", WebhookSignature.Sign(Secret, Body, Now));

    [Fact]
    public void What_was_signed_is_verified() =>
        Assert.True(WebhookSignature.Verify(Secret, Body, WebhookSignature.Sign(Secret, Body, Now), Now + Tolerance, Tolerance));

    [Fact]
    public void Another_secret_body_or_time_is_refused()
    {
        var signature = WebhookSignature.Sign(Secret, Body, Now);

        Assert.False(WebhookSignature.Verify("whsec_other", Body, signature, Now, Tolerance));
        Assert.False(WebhookSignature.Verify(Secret, """{"id":2}"""u8, signature, Now, Tolerance));
        Assert.False(WebhookSignature.Verify(Secret, Body, signature.Replace("t=1767225600", "t=1767225601", StringComparison.Ordinal), Now, Tolerance));
        Assert.False(WebhookSignature.Verify(Secret, Body, signature, Now + Tolerance + TimeSpan.FromSeconds(1), Tolerance));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1767225600")]
    [InlineData("v1=abc,t=1767225600")]
    [InlineData("t=x,v1=abc")]
    [InlineData("t=1767225600,v1=")]
    public void What_is_no_signature_is_refused(string? header) => Assert.False(WebhookSignature.Verify(Secret, Body, header, Now, Tolerance));

    [Fact]
    public void Secrets_are_long_and_never_the_same()
    {
        Assert.Equal("whsec_".Length + 64, WebhookSignature.NewSecret().Length);
        Assert.NotEqual(WebhookSignature.NewSecret(), WebhookSignature.NewSecret());
    }
}
