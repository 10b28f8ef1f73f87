using System.Reflection;
using System.Runtime.InteropServices;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Jobs.Aws;
using Jobs.Aws.Runs;
using Jobs.Aws.Tracing;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Messages;
using Jobs.Core.Objects;
using Jobs.Core.Workers;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Messages;
using Jobs.Sdk.Reporting;
using Jobs.Sdk.Standalone;
using Jobs.Sdk.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>
/// Collects what jobs need. Plain containers instead of the generic host: a task that is paid by the second starts
/// sooner.
/// </summary>
public sealed class JobHostBuilder
{
    private readonly string[] _args;
    private readonly List<Assembly> _assemblies = [];

    internal JobHostBuilder(string[] args)
    {
        _args = args;
        ILoggingBuilder? logging = null;
        Services.AddLogging(builder => logging = builder);
        Logging = logging!;
    }

    /// <summary>Services that jobs take in their constructors. Each run has a scope.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>
    /// Log levels, filters, and sinks besides the JSON lines on stdout. The default level is Information.
    /// </summary>
    public ILoggingBuilder Logging { get; }

    internal Func<string, string?> Variables { get; set; } = Environment.GetEnvironmentVariable;

    internal TextWriter Error { get; set; } = Console.Error;

    internal Func<Stream> Output { get; set; } = Console.OpenStandardOutput;

    /// <summary>Takes jobs from this assembly instead of the program's own. May be called for several.</summary>
    public JobHostBuilder AddJobs(Assembly assembly)
    {
        _assemblies.Add(assembly);
        return this;
    }

    /// <summary>
    /// Runs the job that <c>JOBS_JOB</c>, <c>JOBS_RUN_ID</c> and <c>JOBS_LAUNCH</c> name; without a run, but with
    /// <c>JOBS_QUEUE</c>, works on that queue as a service's task. SIGTERM tells it to stop. With the arguments
    /// <c>run JOB</c> it runs that job once, in this process, for the person who writes it.
    /// </summary>
    /// <returns>The exit code to end the process with, one of <see cref="WorkerExitCodes"/>.</returns>
    public async Task<int> RunAsync()
    {
        using var sigterm = new CancellationTokenSource();
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        // Windows has no SIGTERM to send: a laptop stops a task there by Ctrl+Break, which .NET calls SIGQUIT.
        using var onBreak = OperatingSystem.IsWindows()
            ? PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop)
            : null;
        return await RunAsync(sigterm.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            sigterm.CancelAsync();
        }
    }

    internal async Task<int> RunAsync(CancellationToken sigterm)
    {
        if (_assemblies.Count == 0) _assemblies.Add(Assembly.GetEntryAssembly()!);
        if (_args is ["list"]) return List();
        await DebuggerWait.IfAskedAsync(Variables, Error, TimeProvider.System, sigterm);
        return _args is [StandaloneOptions.Command, ..]
            ? await ToExitCodeAsync(() => TryAsync(sigterm), sigterm)
            : await ToExitCodeAsync(() => RunAttemptAsync(sigterm), sigterm);
    }

    private async Task<int> RunAttemptAsync(CancellationToken sigterm)
    {
        AddDefaults();
        var services = Services.BuildServiceProvider();
        await using (services)
        {
            await using var traces = TracesOf(services);
            if (IsServiceTask) return await RunServiceAsync(services, sigterm);
            var settings = WorkerSettings.Read(Variables);
            services.GetRequiredService<JobLog>().Launch = settings.Launch;
            var attempt = new Attempt(settings, _assemblies, services, services.GetRequiredService<TimeProvider>());
            return await attempt.RunAsync(sigterm);
        }
    }

    /// <summary>Null without tracing.</summary>
    private WorkerTraces? TracesOf(IServiceProvider services) => WorkerTraces.IfAskedFor(
        Variables,
        Variables(EnvironmentNames.Job),
        line => Error.WriteLine($"jobs: {line}"),
        services.GetRequiredService<Secrets>().Without,
        services.GetRequiredService<TimeProvider>());

    /// <summary>One job once, for the person who writes it.</summary>
    private async Task<int> TryAsync(CancellationToken sigterm)
    {
        Services.TryAddSingleton(services =>
            new JobLog(
                Stream.Null, services.GetRequiredService<Secrets>(), services.GetRequiredService<TimeProvider>()));
        Services.AddSingleton<ILoggerProvider>(services =>
            new StandaloneLog(
                Error, services.GetRequiredService<Secrets>(), services.GetRequiredService<TimeProvider>()));
        await using var result = new StreamWriter(Output());
        return await new StandaloneRun(StandaloneOptions.Parse(_args), _assemblies, Error)
            .RunAsync(Services, Complete, result, sigterm);

        ServiceProvider Complete()
        {
            AddDefaults();
            return Services.BuildServiceProvider();
        }
    }

    private async Task<int> ToExitCodeAsync(Func<Task<int>> run, CancellationToken sigterm)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException) when (sigterm.IsCancellationRequested)
        {
            return WorkerExitCodes.Interrupted;
        }
        // The process ends here: an unhandled exception would be exit code 134, which says nothing.
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            var why = e is HostFailedException or AwsUnavailableException ? e.Message : e.ToString();
            await Error.WriteLineAsync(Secrets.Read(Variables).Without($"jobs: {why}"));
            return ExitCodeOf(e);
        }
    }

    private static int ExitCodeOf(Exception e) => e switch
    {
        HostFailedException failed => failed.ExitCode,
        AwsUnavailableException => WorkerExitCodes.AwsUnavailable,
        _ => WorkerExitCodes.HostFailed,
    };

    /// <summary>A service's tasks know their queue, and no run.</summary>
    private bool IsServiceTask =>
        string.IsNullOrEmpty(Variables(EnvironmentNames.RunId))
            && !string.IsNullOrEmpty(Variables(EnvironmentNames.Queue));

    private Task<int> RunServiceAsync(IServiceProvider services, CancellationToken sigterm)
    {
        var task = new ServiceTask(
            Need(EnvironmentNames.Job),
            Variables(EnvironmentNames.Bucket),
            _assemblies,
            services,
            services.GetRequiredService<TimeProvider>());
        return task.RunAsync(sigterm);
    }

    private int List()
    {
        using var output = new StreamWriter(Output());
        output.WriteLine(new JobCatalog([.. _assemblies.SelectMany(JobDefinitions.FromAssembly)]).ToJson());
        return WorkerExitCodes.Succeeded;
    }

    /// <summary>Adds what a worker has on AWS where nothing else was added.</summary>
    internal void AddDefaults()
    {
        Services.TryAddSingleton(TimeProvider.System);
        Services.TryAddSingleton(Secrets.Read(Variables));
        Services.TryAddSingleton(
            services =>
                new JobLog(
                    Output(), services.GetRequiredService<Secrets>(), services.GetRequiredService<TimeProvider>()));
        Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<JobLog>());
        Services.TryAddSingleton(services => new AwsPatience(services.GetRequiredService<TimeProvider>()));
        Services.TryAddSingleton(_ => WorkerClients.DynamoDb());
        Services.TryAddSingleton(_ => WorkerClients.S3());
        Services.TryAddSingleton<IWorkerRecords>(services =>
            new DynamoWorkerRecords(
                services.GetRequiredService<IAmazonDynamoDB>(), Need(EnvironmentNames.ResultsTable)));
        Services.TryAddSingleton<IRunInputs>(services =>
            new DynamoRunInputs(
                services.GetRequiredService<IAmazonDynamoDB>(),
                Need(EnvironmentNames.RunsTable),
                (key, cancellation) => ReadObjectAsync(services, key, cancellation)));
        Services.TryAddSingleton<IWorkerChildren>(services => new WorkerChildren(
            services.GetRequiredService<IAmazonDynamoDB>(),
            Need(EnvironmentNames.RunsTable),
            Need(EnvironmentNames.ResultsTable),
            new(
                () =>
                    (
                        WorkerClients.Sqs(),
                        WorkerSettings.Need(
                            Variables,
                            EnvironmentNames.Commands,
                            "the stack sets it for a job that declares [Submits<…>]"))),
            services.GetRequiredService<TimeProvider>()));
        Services.TryAddSingleton<IRunStops>(services =>
            new DynamoRunStops(services.GetRequiredService<IAmazonDynamoDB>(), Need(EnvironmentNames.RunsTable)));
        Services.TryAddSingleton<IObjects>(services => new S3Objects(
            services.GetRequiredService<IAmazonS3>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<AwsPatience>()));
        Services.TryAddSingleton<IMessageQueue>(_ =>
            new SqsMessageQueue(
                WorkerClients.SqsPolling(),
                WorkerClients.Sqs(),
                Need(EnvironmentNames.Queue),
                Need(EnvironmentNames.QueueDeadLetters),
                OtlpSettings.IsAskedFor(Variables)));
        Services.TryAddSingleton<ITaskProtection>(services => new AgentTaskProtection(
            Variables("ECS_AGENT_URI"), LinkLocal(), services.GetRequiredService<TimeProvider>()));
        Services.TryAddSingleton<ITaskMetadata>(services => new EcsTaskMetadata(
            Variables("ECS_CONTAINER_METADATA_URI_V4"),
            LinkLocal(),
            EcsTaskMetadata.Patience,
            services.GetRequiredService<TimeProvider>()));
    }

    /// <summary>
    /// The endpoints of ECS are the task's own: no proxy that the image declares for its job reaches them.
    /// </summary>
    private static SocketsHttpHandler LinkLocal() => new() { UseProxy = false };

    private async Task<string> ReadObjectAsync(IServiceProvider services, string key, CancellationToken cancellation)
    {
        var bucket = Need(EnvironmentNames.Bucket);
        using var text = new StreamReader(
            await services.GetRequiredService<IObjects>().OpenAsync(bucket, key, null, null, cancellation));
        return await text.ReadToEndAsync(cancellation);
    }

    private string Need(string name) => WorkerSettings.Need(Variables, name, "the task definition sets it");
}
