namespace Integr8sCode.Notifications;

public sealed class DestinationTests
{
    private static readonly DestinationOptions Options = new() { AllowedHosts = { "intranet", "10.0.0.5:8080" } };

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("https://example.org:8443/hook?token=x")]
    [InlineData("https://1.1.1.1/")]
    [InlineData("http://intranet:81/")]
    [InlineData("http://10.0.0.5:8080/")]
    public void What_may_be_called_is_accepted(string url) => Assert.Null(Destination.FindError(url, NotificationChannel.Webhook, Options));

    [Theory]
    [InlineData("")]
    [InlineData("/hook")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.org/")]
    [InlineData("http://example.org/")]
    [InlineData("https://user@example.org/")]
    [InlineData("https://user:password@intranet/")]
    [InlineData("https://example.org:22/")]
    [InlineData("https://example.org:80/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://2852039166/")] // 169.254.169.254
    [InlineData("https://169.254.169.254/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[::ffff:a9fe:a9fe]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://10.0.0.5:8081/")]
    public void What_must_not_be_called_is_refused(string url) => Assert.NotNull(Destination.FindError(url, NotificationChannel.Webhook, Options));

    [Fact]
    public void An_address_without_end_is_refused() =>
        Assert.NotNull(Destination.FindError($"https://example.org/{new string('x', 2048)}", NotificationChannel.Webhook, Options));

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/x", true)]
    [InlineData("https://HOOKS.slack.com/services/T0/B0/x", true)]
    [InlineData("https://intranet/services/x", true)]
    [InlineData("https://hooks.slack.com.example.org/services/x", false)]
    [InlineData("https://slack.com/services/x", false)]
    public void Slack_is_called_at_its_own_host_or_an_allowed_one(string url, bool accepted) =>
        Assert.Equal(accepted, Destination.FindError(url, NotificationChannel.Slack, Options) is null);

    [Theory]
    [InlineData("https://example.org/hooks/secret?token=secret#secret", "https://example.org/***")]
    [InlineData("https://example.org:8443/", "https://example.org:8443/***")]
    [InlineData("https://user:secret@example.org/", "https://example.org/***")]
    [InlineData("secret", "***")]
    public void Redaction_leaves_scheme_host_and_port(string url, string redacted) => Assert.Equal(redacted, Destination.Redact(url));
}
