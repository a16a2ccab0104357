using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

internal static class DeadLetterRegistration
{
    public const string Role = "dlq-processor";

    public static void AddDeadLetterProcessor(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DeadLetterOptions>()
            .BindConfiguration(DeadLetterOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<DeadLetterReview>();
        builder.Services.AddSingleton<RetrySending>();
        builder.Services.AddSingleton<DueLetters>();
        builder.Services.AddHostedService<DeadLetterLoop>();
        builder.Services.AddHostedService<DeadLetterRetention>();
        builder.Services.AddHostedService<DeadLetterMetrics>();
        builder.Services.AddMessageConsumer<DeadLetterIntake>(Role, Topics.DeadLetterQueue);
    }
}
