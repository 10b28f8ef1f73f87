using Jobs;

var host = JobHost.CreateBuilder(args);
return await host.RunAsync();
