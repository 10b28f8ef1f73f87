using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Jobs;

/// <summary>The laptop as a resource of an Aspire app host.</summary>
public static class JobsResourceExtensions
{
    /// <summary>
    /// Runs the stack of a CDK app on this machine while the app host runs, as <c>dotnet jobs up</c> does, whose other
    /// options are given by <c>WithArgs</c>. Its log is what <c>up</c> says. A deployment of the app host leaves it
    /// out: a stack of jobs is deployed by <c>dotnet jobs deploy</c>.
    /// </summary>
    /// <example><code>
    /// var jobs = builder.AddJobs("jobs", "../Acme.Infra");
    /// builder.AddProject&lt;Projects.Acme_Web&gt;("web").WithReference(jobs);
    /// </code></example>
    /// <param name="builder">The app host's.</param>
    /// <param name="name">As the dashboard has it; different from the other resources'.</param>
    /// <param name="app">
    /// Folder of the app's <c>cdk.json</c>, absolute or relative to the app host's. When there is none, the resource
    /// ends with exit code 3, and its log has the remedy.
    /// </param>
    /// <param name="port">Loopback port of all services, 1 to 65,535. Default null: any free one.</param>
    /// <param name="program">
    /// The laptop's assembly, <c>Jobs.Local.dll</c>, absolute or relative to the app host's folder. Default null: the
    /// tool of the app's folder, which <c>dotnet tool install Jobs.Cli</c> puts into its tool manifest.
    /// </param>
    public static IResourceBuilder<JobsResource> AddJobs(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string app,
        int? port = null,
        string? program = null)
    {
        var folder = Path.GetFullPath(app, builder.AppHostDirectory);
        string[] laptop = program is null ? ["jobs"] : ["exec", Path.GetFullPath(program, builder.AppHostDirectory)];
        var jobs = new JobsResource(name, folder);
        return builder.AddResource(jobs)
            .WithEndpoint(JobsResource.EndpointName, endpoint =>
            {
                endpoint.UriScheme = "http";
                endpoint.Port = port;
                // The stack's own addresses, such as those of its queues, have the port that the laptop listens on.
                endpoint.IsProxied = false;
                // Some SDKs would look for BUCKET.localhost.
                endpoint.TargetHost = "127.0.0.1";
            })
            .WithArgs([.. laptop, "up", "--app", folder, "--port", jobs.Endpoint.Property(EndpointProperty.TargetPort)])
            // S3's list of buckets, which is answered once the stack runs.
            .WithHttpHealthCheck("/", endpointName: JobsResource.EndpointName)
            .ExcludeFromManifest();
    }

    /// <summary>
    /// Gives a project or an executable the stack: <c>AWS_ENDPOINT_URL</c>, <c>AWS_REGION</c> and credentials, by which
    /// AWS's clients find the laptop, <c>JOBS_STACK</c>, by which <c>dotnet jobs</c> does, and each of the stack's
    /// outputs, its name in capitals: <c>JOBS_BUCKET</c>, <c>JOBS_COMMANDS</c> (a queue's URL),
    /// <c>JOBS_QUEUE_ORDERS</c>. It waits for the stack, because these are known only once the stack runs. A container
    /// does not reach the laptop, which listens on the loopback interface. When the app host is deployed, it gives
    /// nothing: the stack's values are then those of its deployment.
    /// </summary>
    /// <param name="builder">What uses the stack.</param>
    /// <param name="jobs">As <see cref="AddJobs"/> returns it.</param>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<JobsResource> jobs)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        return builder.WithReferenceRelationship(jobs).WaitFor(jobs).WithEnvironment(async context =>
        {
            if (context.ExecutionContext.IsPublishMode) return;
            var endpoint = jobs.Resource.Endpoint;
            var stack = new StackEnvironment(new Uri(endpoint.Url));
            foreach (var (name, value) in await stack.ReadAsync(context.CancellationToken))
                context.EnvironmentVariables[name] = value;
        });
    }
}
