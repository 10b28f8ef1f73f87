using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Permissions;
using Jobs.Cdk.Props;
using Jobs.Cdk.Tasks;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>
/// A job in the stack: task definition, log group and roles. Made by <c>JobRunner.AddJob</c>. Grant it more with CDK's
/// grants.
/// </summary>
/// <example><code>
/// reports.GrantWrite(runner.Job("csv-import"));
/// </code></example>
public sealed class Job : Construct, IGrantable
{
    private readonly PolicyDocument _permissions = new();
    private readonly FargateTaskDefinition? _task;

    internal Job(Construct scope, string id, JobDefinition definition, JobProps props, Shared shared)
        : base(scope, id)
    {
        var architecture = props.Architecture ?? (props.Image as WorkerImage)?.Architecture;
        if (architecture is { } built) definition = definition with { Architecture = built };
        Definition = definition;
        Family = Names.TaskFamily(shared.StackName, definition.Name);
        LogGroup = new LogGroup(this, "Log", new LogGroupProps
        {
            LogGroupName = Names.LogGroup(shared.StackName, definition.Name),
            Retention = shared.LogRetention,
            // Its name is fixed: one left behind would stand in the way of the next deployment.
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        TaskRole = CreateRole("TaskRole", $"What job {definition.Name} may do");
        ExecutionRole = CreateRole("ExecutionRole", $"What ECS may do to start job {definition.Name}");
        var commands = shared.Commands.Queue;
        Allow([
            .. new JobPermissions(Stack.Of(this), definition, shared.Storage, shared.Buckets, commands).All,
            .. shared.Tracing?.Permissions() ?? [],
        ]);
        props = shared.Tracing?.AddTo(props) ?? props;
        Add(
            ExecutionRole,
            new(),
            [Statements.Allow("WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [LogGroup.LogGroupArn])]);
        Errors = [.. Check(shared.StackName, definition, props)];
        Node.AddValidation(new Validation(() => Errors.Select(error => error.ToString())));
        if (Errors.Count > 0) return;
        Backlog = AddQueue(shared);
        _task = JobTaskDefinition.Create(this, props, new WorkerEnvironment(shared, this, props).All());
        if (definition.Queue is { Mode: QueueMode.Service } queue)
        {
            _ = new JobService(this, shared.StackName, shared.Compute, queue, _task);
        }
    }

    /// <summary>What was declared.</summary>
    public JobDefinition Definition { get; }

    /// <summary>Family of the job's task definition.</summary>
    public string Family { get; }

    /// <summary>The role of the job's code.</summary>
    public Role TaskRole { get; }

    /// <summary>The role by which ECS pulls the image, reads the secrets and writes the log.</summary>
    public Role ExecutionRole { get; }

    /// <summary>Where the job's output goes, unless <see cref="JobProps.Logging"/> says otherwise.</summary>
    public LogGroup LogGroup { get; }

    /// <summary>The queue whose messages the job takes; null for none. Grant sending to it.</summary>
    /// <example><code>
    /// runner.Job("queue-worker").Queue!.GrantSendMessages(sender);
    /// </code></example>
    public Queue? Queue => Backlog?.Queue;

    /// <summary>Whom CDK's grants are for: the role of the job's code.</summary>
    public IPrincipal GrantPrincipal => TaskRole;

    /// <summary>The queue with what belongs to it; null for none.</summary>
    internal JobQueue? Backlog { get; }

    /// <summary>
    /// What its code may do by policies in the role itself: what the job declares, and what was granted.
    /// </summary>
    internal IEnumerable<PolicyDocument> TaskPolicies => TaskRole.Node.TryFindChild("DefaultPolicy") is Policy granted
        ? [_permissions, granted.Document]
        : [_permissions];

    /// <summary>What must be there before a task of the job starts. Complete when all grants are made.</summary>
    internal IEnumerable<IConstruct> Prerequisites =>
        [.. _task is null ? Array.Empty<IConstruct>() : [_task], .. Policies];

    /// <summary>The policies of its roles that are resources of their own: CDK's, for what was granted.</summary>
    internal IEnumerable<IConstruct> Policies =>
        new[] { TaskRole, ExecutionRole }.Select(role => role.Node.TryFindChild("DefaultPolicy")).OfType<IConstruct>();

    /// <summary>What is wrong with the declaration. Such a job has no task definition, and synthesis fails.</summary>
    internal IReadOnlyList<DefinitionError> Errors { get; }

    /// <summary>
    /// Allows the job's code something that refers to nothing of the job's: a role and its own policies are one
    /// resource.
    /// </summary>
    internal void Allow(params PolicyStatement[] statements) => Add(TaskRole, _permissions, statements);

    private static IEnumerable<DefinitionError> Check(string stack, JobDefinition definition, JobProps props) =>
    [
        .. DefinitionRules.Check(stack, definition),
        .. DefinitionRules.CheckFuture(definition, TimeProvider.System.GetUtcNow()),
        .. JobPropsRules.Check(definition, props),
    ];

    private static void Add(Role role, PolicyDocument policy, PolicyStatement[] statements)
    {
        // A policy without a statement is none.
        if (statements.Length == 0) return;
        policy.AddStatements(statements);
        ((CfnRole)role.Node.DefaultChild!).Policies = new[]
        {
            new CfnRole.PolicyProperty { PolicyName = "Job", PolicyDocument = policy },
        };
    }

    private JobQueue? AddQueue(Shared shared)
    {
        if (Definition.Queue is not { } declared) return null;
        var queue = new JobQueue(
            this, shared.StackName, Definition.Name, declared, Definition.Uploads.Count > 0, shared.Alerts);
        Allow([.. queue.Permissions]);
        return queue;
    }

    /// <summary>
    /// The path is the stack's, so that the functions may pass its roles by one pattern.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html for the condition.
    /// </summary>
    private Role CreateRole(string id, string description) => new(this, id, new RoleProps
    {
        Description = description,
        Path = Names.RolePath(Stack.Of(this).StackName),
        AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com", new ServicePrincipalOpts
        {
            Conditions = Statements.When("StringEquals", "aws:SourceAccount", Stack.Of(this).Account),
        }),
    });
}
