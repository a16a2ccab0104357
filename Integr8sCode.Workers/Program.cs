using Integr8sCode;
using Integr8sCode.Events;
using Integr8sCode.Executions;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddStorage();
builder.AddKafka();
builder.Services.AddExecutionJournal();
builder.AddRole();

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync();
