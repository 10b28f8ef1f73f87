using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Infra;

/// <summary>
/// A job in the stack: task definition, log group and roles. Grant it more with CDK's grants: <c>reports.GrantWrite(job)</c>.
/// </summary>
public sealed class Job : Construct, IGrantable
{
    private readonly PolicyDocument _permissions = new();
    private readonly FargateTaskDefinition? _task;

    internal Job(JobRunner runner, string id, JobDefinition definition, JobProps props)
        : base(runner, id)
    {
        Definition = definition;
        Family = Names.TaskFamily(runner.StackName, definition.Name);
        LogGroup = new LogGroup(this, "Log", new LogGroupProps
        {
            LogGroupName = Names.LogGroup(runner.StackName, definition.Name),
            Retention = runner.LogRetention,
            // Its name is fixed: one left behind would stand in the way of the next deployment.
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        TaskRole = CreateRole(runner, "TaskRole", $"What job {definition.Name} may do");
        ExecutionRole = CreateRole(runner, "ExecutionRole", $"What ECS may do to start job {definition.Name}");
        Allow([.. new JobPermissions(runner, definition).All]);
        Add(
            ExecutionRole,
            new(),
            [Statements.Allow("WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [LogGroup.LogGroupArn])]);
        Errors = [.. DefinitionRules.Check(runner.StackName, definition), .. DefinitionRules.CheckFuture(definition, TimeProvider.System.GetUtcNow()), .. JobPropsRules.Check(definition, props)];
        Node.AddValidation(new Validation(() => Errors.Select(error => error.ToString())));
        if (Errors.Count > 0) return;
        if (definition.Queue is { } declared) Backlog = new JobQueue(this, runner, declared);
        _task = JobTaskDefinition.Create(this, runner, props);
        if (definition.Queue is { Mode: QueueMode.Service } queue) _ = new JobService(this, runner, queue, _task);
    }

    public JobDefinition Definition { get; }

    /// <summary>Family of the job's task definition.</summary>
    public string Family { get; }

    /// <summary>The role of the job's code.</summary>
    public Role TaskRole { get; }

    /// <summary>The role by which ECS pulls the image, reads the secrets and writes the log.</summary>
    public Role ExecutionRole { get; }

    public LogGroup LogGroup { get; }

    /// <summary>The queue whose messages the job takes; null for none. Grant sending to it: <c>runner.Job("queue-worker").Queue!.GrantSendMessages(sender)</c>.</summary>
    public Queue? Queue => Backlog?.Queue;

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

    /// <summary>
    /// The path is the stack's, so that the functions may pass its roles by one pattern.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html for the condition.
    /// </summary>
    private Role CreateRole(JobRunner runner, string id, string description) => new(this, id, new RoleProps
    {
        Description = description,
        Path = Names.RolePath(runner.StackName),
        AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com", new ServicePrincipalOpts
        {
            Conditions = Statements.When("StringEquals", "aws:SourceAccount", Stack.Of(this).Account),
        }),
    });
}
