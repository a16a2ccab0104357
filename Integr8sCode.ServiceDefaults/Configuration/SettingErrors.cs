using Microsoft.Extensions.Options;

namespace Integr8sCode.Configuration;

/// <summary>Carries wrong settings to the host's own validation at start.</summary>
internal sealed class SettingErrors(IReadOnlyCollection<string> errors) : IValidateOptions<SettingErrors>
{
    public SettingErrors() : this([]) { }

    public ValidateOptionsResult Validate(string? name, SettingErrors options) =>
        errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
}
