using Integr8sCode.Local;

if (args.Contains("--aspire"))
{
    Console.Error.WriteLine("error: this build has no Aspire, because the NuGet feed has none; leave --aspire out to run locally");
    return 1;
}
return await LocalMode.RunAsync(args);
