using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Configuration;

/// <summary>Carries wrong settings to the host's own validation at start, so that a host which is not run by us is stopped too.</summary>
internal sealed class SettingErrors(IReadOnlyCollection<string> errors) : IValidateOptions<SettingErrors>
{
    public SettingErrors() : this([]) { }

    /// <summary>Everything that <c>ValidateOnStart</c> finds wrong, this process's own options included.</summary>
    public static IReadOnlyCollection<string> Of(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception)
        {
            return [.. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)];
        }
        catch (InvalidOperationException exception)
        {
            return [exception.Message]; // a value that cannot be bound: "Failed to convert configuration value 'ten' at 'Section:Option' ..."
        }
    }

    public ValidateOptionsResult Validate(string? name, SettingErrors options) =>
        errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
}
