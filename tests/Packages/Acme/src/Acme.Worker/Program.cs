using Jobs;
return await JobHost.CreateBuilder(args).RunAsync();
