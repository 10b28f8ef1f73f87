using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Tests.Aspire;

/// <summary>What an app host says of its jobs, before anything starts.</summary>
public sealed class JobsResourceTests
{
    private static readonly string App = Path.Combine(AppContext.BaseDirectory, "Acme.Infra");

    [Fact]
    public async Task Laptop_is_the_tool_of_the_apps_folder()
    {
        var builder = Published();
        var jobs = builder.AddJobs("jobs", App);

        Assert.Equal(("dotnet", App), (jobs.Resource.Command, jobs.Resource.WorkingDirectory));
        Assert.Equal(
            ["jobs", "up", "--app", App, "--port", "{jobs.bindings.http.targetPort}"],
            await ArgumentsAsync(builder, jobs.Resource));
    }

    [Fact]
    public async Task Program_that_is_named_takes_the_tools_place()
    {
        var builder = Published();
        var jobs = builder.AddJobs("jobs", App, program: "bin/Jobs.Local.dll").WithArgs("--chaos", "spot=0.2");
        var arguments = await ArgumentsAsync(builder, jobs.Resource);

        Assert.Equal(["exec", Path.Combine(builder.AppHostDirectory, "bin", "Jobs.Local.dll"), "up"], arguments[..3]);
        Assert.Equal(["--chaos", "spot=0.2"], arguments[^2..]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4566)]
    public void Stack_is_reached_at_the_port_that_it_knows_as_its_own(int? port)
    {
        var jobs = DistributedApplication.CreateBuilder([]).AddJobs("jobs", App, port);
        var endpoint = Assert.Single(jobs.Resource.Annotations.OfType<EndpointAnnotation>());

        Assert.Equal(
            ("http", "127.0.0.1", port, false),
            (endpoint.UriScheme, endpoint.TargetHost, endpoint.Port, endpoint.IsProxied));
    }

    [Fact]
    public void What_refers_to_the_jobs_waits_for_the_stack()
    {
        var builder = DistributedApplication.CreateBuilder([]);

        var jobs = builder.AddJobs("jobs", "../Acme.Infra");
        var web = builder.AddProject<Projects.Web>("web").WithReference(jobs);

        var wait = Assert.Single(web.Resource.Annotations.OfType<WaitAnnotation>());
        Assert.Equal((jobs.Resource, WaitType.WaitUntilHealthy), (wait.Resource, wait.WaitType));
        Assert.Single(jobs.Resource.Annotations.OfType<HealthCheckAnnotation>());
    }

    [Fact]
    public async Task Deployment_of_the_app_host_has_neither_the_laptop_nor_its_values()
    {
        var builder = Published();
        var jobs = builder.AddJobs("jobs", App);
        var web = builder.AddExecutable("web", "web", ".").WithReference(jobs);

        Assert.Empty((await GivenAsync(builder, web.Resource)).EnvironmentVariables);
        Assert.Contains(ManifestPublishingCallbackAnnotation.Ignore, jobs.Resource.Annotations);
    }

    /// <summary>An app host that is to be deployed: it names what is known only when it runs.</summary>
    private static IDistributedApplicationBuilder Published() =>
        DistributedApplication.CreateBuilder(["--operation", "publish"]);

    private static async Task<string[]> ArgumentsAsync(IDistributedApplicationBuilder builder, IResource resource) =>
        [.. (await GivenAsync(builder, resource)).Arguments.Select(argument => argument.Value)];

    private static async Task<IExecutionConfigurationResult> GivenAsync(
        IDistributedApplicationBuilder builder, IResource resource)
    {
        await using var app = builder.Build();
        return await ExecutionConfigurationBuilder.Create(resource)
            .WithArgumentsConfig()
            .WithEnvironmentVariablesConfig()
            .BuildAsync(app.Services.GetRequiredService<DistributedApplicationExecutionContext>());
    }
}
