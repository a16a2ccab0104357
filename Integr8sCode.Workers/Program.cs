using Integr8sCode;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Sampling;
using Integr8sCode.Settings;
using Integr8sCode.TraceKeeping;
using Integr8sCode.Transfers;

if (args is [RebuildCommand.Name, ..])
{
    return await RebuildCommand.RunAsync(args);
}

if (args is [TransferCommand.Export or TransferCommand.Import, ..])
{
    return await TransferCommand.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddStorage();
builder.AddSettings<SamplingRatio>((ratio, settings) => ratio.Change(settings.SamplingRatio));
builder.AddKafka();
builder.AddBroadcast<TraceKeeper>(Topics.TraceKeep, (keeper, say) => keeper.Decided += say, (keeper, said) => keeper.Hear(said));
builder.Services.AddExecutionJournal();
builder.AddRole();

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync();

return Environment.ExitCode;
