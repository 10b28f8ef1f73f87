using System.Reflection;
using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SNS;
using Constructs;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Canaries;
using Jobs.Cdk.Checks;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Functions;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Monitoring;
using Jobs.Cdk.Queues;
using Jobs.Cdk.Runner;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>
/// Runs container jobs on Fargate in answer to events. Add jobs by their assembly, or one by one with an image; what
/// belongs to all of them, the functions and their queues, is made when synthesis begins. A stack has one.
/// </summary>
/// <example><code>
/// var runner = new JobRunner(this, "Jobs", new JobRunnerProps { AdminEmails = ["ops@example.com"] });
/// runner.AddJobs(typeof(CsvImport).Assembly, new JobProps { Image = image });
/// </code></example>
public sealed class JobRunner : Construct
{
    private const string NoAdminEmails =
        "AdminEmails is empty, so failures are not told by e-mail, and addresses subscribed by an earlier " +
        "deployment's AdminEmails are no longer told. " +
        "Give the same addresses at each deployment: -c adminEmails=you@example.com.";

    private readonly JobRunnerProps _props;
    private readonly Shared _shared;
    private readonly PublishedFunctions _published;
    private readonly List<Job> _jobs = [];
    private readonly List<string> _unreadable = [];
    private bool _hasCanaries;
    private bool _isComplete;

    /// <param name="scope">The stack, or a construct in it.</param>
    /// <param name="id">Different from its neighbours' ids, as of every construct.</param>
    /// <param name="props">What all jobs share. Default: all of its defaults.</param>
    public JobRunner(Construct scope, string id, JobRunnerProps? props = null)
        : base(scope, id)
    {
        _props = props ?? new JobRunnerProps();
        var storage = new Storage(this, _props);
        var compute = new Compute(this, _props);
        var alerts = new AdminAlerts(this, "Alerts", _props);
        // Behind the cluster: when synthesis comes here, CDK has made the capacity providers that rules wait for.
        var functions = new Construct(this, "Functions");
        var commands = new Inbox(functions, Names.CommandsQueue, FunctionTimes.Dispatch, alerts);
        var buckets = new UploadBuckets(this, storage.Bucket, _props.Buckets);
        _shared = new Shared(
            Stack.Of(this).StackName, storage, buckets, compute, alerts, commands, _props.LogRetention)
        {
            Tracing = _props.Tracing is { } tracing ? new Tracing(tracing, Stack.Of(this)) : null,
        };
        AddOutputs();
        if (_props.AdminEmails.Count == 0 && !alerts.HasChat)
        {
            Annotations.Of(this).AddWarningV2("jobs:noAdminEmails", NoAdminEmails);
        }

        _published = new PublishedFunctions(_props, AssetRuntime.For(this));
        if (_published.Notice is { } managed)
        {
            Annotations.Of(this).AddWarningV2("jobs:managedFunctions", managed);
        }

        Node.AddValidation(
            new Validation(() => [.. Errors(), .. _isComplete ? StackLimits.Check(Stack.Of(this), _jobs) : []]));
        Aspects.Of(functions).Add(new Deferred(() => AddFunctions(functions)));
    }

    /// <summary>Uploads to it start jobs.</summary>
    public IBucket Bucket => _shared.Storage.Bucket;

    /// <summary>Control state of every run, written by the functions only.</summary>
    public Table RunsTable => _shared.Storage.Runs;

    /// <summary>What the workers write.</summary>
    public Table ResultsTable => _shared.Storage.Results;

    /// <summary>Where the tasks run.</summary>
    public ICluster Cluster => _shared.Compute.Cluster;

    /// <summary>What admins subscribe to.</summary>
    public ITopic Alerts => _shared.Alerts.Topic;

    /// <summary>Adds every job that the assembly declares.</summary>
    /// <param name="assembly">The assembly of the image's jobs.</param>
    /// <param name="props">What these jobs share, above all the image.</param>
    public void AddJobs(Assembly assembly, JobProps props)
    {
        try
        {
            foreach (var definition in JobDefinitions.FromAssembly(assembly)) AddJob(definition, props);
        }
        catch (JobDeclarationException e)
        {
            _unreadable.Add(e.Message);
        }
    }

    /// <summary>
    /// Adds one job. A declaration that breaks a rule fails synthesis, not this call, so that all errors are shown at
    /// once.
    /// </summary>
    /// <example><code>
    /// runner.AddJob(
    ///     new JobDefinition("nightly-etl") { HasHost = false },
    ///     new JobProps { Image = ContainerImage.FromRegistry("example.com/etl:1") });
    /// </code></example>
    /// <param name="definition">What the job is, and what starts it.</param>
    /// <param name="props">What only the stack knows about it, above all the image.</param>
    public Job AddJob(JobDefinition definition, JobProps props)
    {
        var job = Add(definition, props);
        if (!_props.Canary || _hasCanaries || !definition.HasHost) return job;
        _hasCanaries = true;
        foreach (var canary in CanaryJobs.Definitions)
        {
            Add(canary with { Architecture = definition.Architecture }, props);
        }

        CanaryJobs.AddOutput(this, _shared.StackName);
        return job;
    }

    private Job Add(JobDefinition definition, JobProps props)
    {
        var id = _jobs.Any(job => job.Definition.Name == definition.Name) || definition.Name.Length == 0
            ? $"{definition.Name}#{_jobs.Count}"
            : definition.Name;
        var job = new Job(this, id, definition, props, _shared);
        _jobs.Add(job);
        return job;
    }

    /// <summary>A job that was added, to grant it something or to use its queue.</summary>
    /// <param name="name">Its name, as declared.</param>
    /// <exception cref="KeyNotFoundException">No job of this name was added.</exception>
    public Job Job(string name) => _jobs.FirstOrDefault(job => job.Definition.Name == name)
        ?? throw new KeyNotFoundException(
        $"{Node.Path} has no job '{name}'. It has {string.Join(", ", _jobs.Select(job => job.Definition.Name))}.");

    /// <summary>What no single job can know.</summary>
    private IEnumerable<string> Errors() =>
    [
        .. _unreadable,
        .. DefinitionRules.Check(_shared.StackName, [.. _jobs.Select(job => job.Definition)])
            .Except(_jobs.SelectMany(job => job.Errors))
            .Select(error => error.ToString()),
        .. _shared.Compute.Network.Error is { } network ? [network] : Array.Empty<string>(),
        .. JobRunnerRules.Check(_props, [.. _jobs.Select(job => job.Definition)]),
        .. JobRunnerRules.CheckAlone(Stack.Of(this)),
        .. CanaryJobs.Check(_props, [.. _jobs.Select(job => job.Definition)]),
        .. _published.Check(),
        .. TestOnlyPackages.Check(this, _props.FunctionsFolder),
    ];

    private void AddOutputs()
    {
        StackOutput.Add(this, OutputNames.Bucket, Bucket.BucketName, "Upload here.");
        StackOutput.Add(this, OutputNames.Cluster, Cluster.ClusterName, "Where the tasks run.");
        StackOutput.Add(this, OutputNames.RunsTable, RunsTable.TableName, "Every run, its state and its attempts.");
        StackOutput.Add(
            this,
            OutputNames.ResultsTable,
            ResultsTable.TableName,
            "What the workers wrote: results, errors, progress.");
        StackOutput.Add(this, OutputNames.AlertTopic, Alerts.TopicArn, "Admins subscribe here.");
        var commands = _shared.Commands.Queue.QueueUrl;
        StackOutput.Add(this, OutputNames.Commands, commands, "Takes commands: submit, retry, cancel.");
    }

    private void AddFunctions(Construct functions)
    {
        if (_jobs.Any(job => job.Errors.Count > 0) || Errors().Any()) return;
        _shared.Alerts.Notify(functions, [.. _jobs.Select(job => job.Definition)]);
        _ = new FunctionSet(functions, _shared, _props, _published.Chosen, _jobs);
        _shared.Buckets.SwitchOn(_jobs.Select(job => job.Definition));
        Preparations.Add(this, _shared, _props, _jobs.Select(job => job.Definition));
        AddMonitoring(functions);
        if (_props.Verifier is { } trusted && _hasCanaries)
        {
            Verifier.Add(this, trusted, _shared, functions, Job(CanaryNames.OfQueue));
        }

        NagReasons.Give(this, functions);
        _isComplete = true;
    }

    private void AddMonitoring(Construct functions)
    {
        var alarms = new AlarmsOfJobs(_shared.StackName, _shared.Alerts);
        foreach (var job in _jobs) alarms.Add(job);
        if (_props.LogQueries)
        {
            _ = new LogQueries(
                this,
                _shared.StackName,
                functions.Node.FindAll().OfType<LogGroup>(),
                _jobs.Select(job => job.LogGroup));
        }

        // Last: it shows what there is.
        if (_props.Dashboard) _ = new RunDashboard(this, _shared.StackName);
    }
}
