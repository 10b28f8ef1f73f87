using System.Reflection;
using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SNS;
using Constructs;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Infra;

/// <summary>
/// Runs container jobs on Fargate in answer to events. Add jobs by their assembly, or one by one with an image; what belongs
/// to all of them, the functions and their queues, is made when synthesis begins.
/// </summary>
public sealed class JobRunner : Construct
{
    private const string NoAdminEmails =
        "AdminEmails is empty, so nobody hears of failures by e-mail, and who has subscribed by an earlier " +
        "deployment's AdminEmails no longer does. " +
        "Give the same addresses at each deployment: -c adminEmails=you@example.com.";

    private readonly JobRunnerProps _props;
    private readonly List<Job> _jobs = [];
    private readonly List<string> _unreadable = [];
    private bool _isComplete;

    public JobRunner(Construct scope, string id, JobRunnerProps? props = null)
        : base(scope, id)
    {
        _props = props ?? new JobRunnerProps();
        StackName = Stack.Of(this).StackName;
        var storage = new Storage(this, _props.RemovalPolicy);
        (Bucket, RunsTable, ResultsTable) = (storage.Bucket, storage.Runs, storage.Results);
        Network = new Network(this, _props);
        Cluster = new Cluster(this, "Cluster", new ClusterProps
        {
            Vpc = Network.Vpc,
            EnableFargateCapacityProviders = true,
            ContainerInsights = _props.ContainerInsights,
        });
        AlertRoom = new Alerts(this, "Alerts", _props.AdminEmails);
        AddOutputs();
        if (_props.AdminEmails.Count == 0) Annotations.Of(this).AddWarningV2("jobs:noAdminEmails", NoAdminEmails);

        Node.AddValidation(
            new Validation(() => [.. Errors(), .. _isComplete ? StackLimits.Check(Stack.Of(this), _jobs) : []]));
        var functions = new Construct(this, "Functions");
        Commands = new Inbox(functions, "Commands", ControlPlane.DispatchTimeout, AlertRoom);
        StackOutput.Add(this, OutputNames.Commands, Commands.Queue.QueueUrl, "Takes commands: submit, retry, cancel.");
        Aspects.Of(functions).Add(new Deferred(() => AddControlPlane(functions)));
    }

    /// <summary>Uploads to it start jobs.</summary>
    public Bucket Bucket { get; }

    /// <summary>Control state of every run, written by the functions only.</summary>
    public Table RunsTable { get; }

    /// <summary>What the workers write.</summary>
    public Table ResultsTable { get; }

    public Cluster Cluster { get; }

    /// <summary>What admins subscribe to.</summary>
    public Topic Alerts => AlertRoom.Topic;

    internal string StackName { get; }

    /// <summary>That the cluster has Fargate and Fargate Spot. CDK makes it when synthesis begins.</summary>
    internal IEnumerable<IConstruct> CapacityProviders =>
        Cluster.Node.FindAll().OfType<CfnClusterCapacityProviderAssociations>();

    /// <summary>The only door for whoever is not a trigger. Made before the functions, because jobs that submit others send to it.</summary>
    internal Inbox Commands { get; }

    internal RetentionDays LogRetention => _props.LogRetention;

    internal Network Network { get; }

    internal Alerts AlertRoom { get; }

    internal Key AlertKey => AlertRoom.Key;

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

    /// <summary>Adds one job. A declaration that breaks a rule fails synthesis, not this call, so that all errors are shown at once.</summary>
    public Job AddJob(JobDefinition definition, JobProps props)
    {
        var id = _jobs.Any(job => job.Definition.Name == definition.Name) || definition.Name.Length == 0
            ? $"{definition.Name}#{_jobs.Count}"
            : definition.Name;
        var job = new Job(this, id, definition, props);
        _jobs.Add(job);
        return job;
    }

    /// <exception cref="KeyNotFoundException">No job of this name was added.</exception>
    public Job Job(string name) => _jobs.FirstOrDefault(job => job.Definition.Name == name) ?? throw new KeyNotFoundException(
        $"{Node.Path} has no job '{name}'. It has {string.Join(", ", _jobs.Select(job => job.Definition.Name))}.");

    /// <summary>What no single job can know.</summary>
    private IEnumerable<string> Errors() =>
    [
        .. _unreadable,
        .. DefinitionRules.Check(StackName, [.. _jobs.Select(job => job.Definition)])
            .Except(_jobs.SelectMany(job => job.Errors))
            .Select(error => error.ToString()),
        .. JobRunnerRules.Check(_props, [.. _jobs.Select(job => job.Definition)]),
        .. JobRunnerRules.CheckAlone(Stack.Of(this)),
        .. TestOnlyPackages.Check(this, _props.FunctionsFolder),
    ];

    private void AddOutputs()
    {
        StackOutput.Add(this, OutputNames.Bucket, Bucket.BucketName, "Upload here.");
        StackOutput.Add(this, OutputNames.Cluster, Cluster.ClusterName, "Where the tasks run.");
        StackOutput.Add(this, OutputNames.RunsTable, RunsTable.TableName, "Every run, its state and its attempts.");
        StackOutput.Add(this, OutputNames.ResultsTable, ResultsTable.TableName, "What the workers wrote: results, errors, progress.");
        StackOutput.Add(this, OutputNames.AlertTopic, Alerts.TopicArn, "Admins subscribe here.");
    }

    private void AddControlPlane(Construct functions)
    {
        if (_jobs.Any(job => job.Errors.Count > 0) || Errors().Any()) return;
        _ = new ControlPlane(functions, this, _props, _jobs);
        _isComplete = true;
    }
}
