namespace Integr8sCode.DeadLetters;

internal static class DeadLetterRegistration
{
    public static void AddDeadLetters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DeadLetterLinker>();
        builder.Services.AddSingleton<DeadLetterActions>();
    }
}
