using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Executions;

internal static class ExecutionRegistration
{
    public static void AddExecutions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SubmissionOptions>()
            .BindConfiguration(SubmissionOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<TraceLinkOptions>()
            .BindConfiguration(TraceLinkOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<SubmissionOptions>>((kestrel, options) => kestrel.Limits.MaxRequestBodySize = options.Value.MaxBodyBytes);

        builder.Services.AddSingleton<LanguageDirectory>();
        builder.Services.AddSingleton<ExecutionLinker>();
        builder.Services.AddSingleton<ExecutionWatcher>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ExecutionWatcher>());
        builder.Services.AddSingleton<SubmissionBacklog>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SubmissionBacklog>());
        builder.Services.AddHealthChecks().AddCheck<SubmissionBacklogCheck>("backlog");
        builder.Services.AddSingleton<ExecutionNews>();
        builder.Services.AddSingleton<ExecutionStream>();
        builder.Services.AddSingleton<ResultWaiting>();
        builder.Services.AddExecutionJournal();

        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
    }
}
