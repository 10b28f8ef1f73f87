using Jobs;

var builder = DistributedApplication.CreateBuilder(args);

// Elsewhere without `program`: the installed tool is the laptop.
var jobs = builder.AddJobs(
    "jobs", "../../../infra-cdk", program: "../../../src/Local/bin/Debug/net10.0/Jobs.Local.dll");

builder.AddProject<Projects.Web>("web").WithReference(jobs);

await builder.Build().RunAsync();
