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
        TaskRole = CreateRole("TaskRole", $"What job {definition.Name} may do");
        ExecutionRole = CreateRole("ExecutionRole", $"What ECS may do to start job {definition.Name}");
        foreach (var statement in new JobPermissions(runner, definition).All) TaskRole.AddToPrincipalPolicy(statement);
        Errors = [.. DefinitionRules.Check(runner.StackName, definition), .. DefinitionRules.CheckFuture(definition, TimeProvider.System.GetUtcNow()), .. JobPropsRules.Check(definition, props)];
        Node.AddValidation(new Validation(() => Errors.Select(error => error.ToString())));
        if (Errors.Count > 0) return;
        if (definition.Queue is { } declared) Backlog = new JobQueue(this, runner, declared);
        var task = JobTaskDefinition.Create(this, runner, props);
        if (definition.Queue is { Mode: QueueMode.Service } queue) _ = new JobService(this, runner, queue, task);
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

    /// <summary>What is wrong with the declaration. Such a job has no task definition, and synthesis fails.</summary>
    internal IReadOnlyList<DefinitionError> Errors { get; }

    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html for the condition.</summary>
    private Role CreateRole(string id, string description) => new(this, id, new RoleProps
    {
        Description = description,
        AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com", new ServicePrincipalOpts
        {
            Conditions = Statements.When("StringEquals", "aws:SourceAccount", Stack.Of(this).Account),
        }),
    });
}
