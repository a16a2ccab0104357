using Integr8sCode;

await TraceStoreApp.Build(args).RunServiceAsync();
