using Integr8sCode;
using Integr8sCode.DeadLetters;
using Integr8sCode.Errors;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.Pages;
using Integr8sCode.RateLimits;
using Integr8sCode.Replays;
using Integr8sCode.Sagas;
using Integr8sCode.Streaming;
using Integr8sCode.TraceKeeping;
using Integr8sCode.Traces;
using Integr8sCode.Users;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddStorage();
builder.AddKafka();
builder.AddBroadcast<TraceKeeper>(Topics.TraceKeep, (keeper, say) => keeper.Decided += say, (keeper, said) => keeper.Hear(said));
builder.AddErrors();
builder.AddUsers();
builder.AddStreams();
builder.AddRateLimits();
builder.AddExecutions();
builder.AddTraces();
builder.AddDeadLetters();
builder.AddNotifications();
builder.Services.AddOpenApi(OpenApiDocument.Configure);

var app = builder.Build();

app.UseTrustedProxies();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UsePage();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimits();
app.MapDefaultEndpoints();
app.MapOpenApi().AllowAnonymous();
app.MapExecutions();
app.MapLanguages();
app.MapSagas();
app.MapTraces();
app.MapDeadLetters();
app.MapEvents();
app.MapAdminEvents();
app.MapReplays();
app.MapRebuild();
app.MapUsers();
app.MapNotifications();
app.MapSubscriptions();
app.MapRateLimits();

await app.RunServiceAsync();
