return await JobHost.CreateBuilder(args).RunAsync();
