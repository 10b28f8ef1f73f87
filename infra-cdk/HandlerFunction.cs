using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Jobs.Infra;

/// <summary>One of the functions in the published assembly, with its log group and a role of its own.</summary>
internal sealed class HandlerFunction : Construct
{
    /// <summary>CDK 2.160 has no constant for it. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html</summary>
    private static readonly Runtime DotNet10 = new("dotnet10", RuntimeFamily.DOTNET_CORE);

    /// <param name="id">Name of the function, by which the assembly chooses what to run.</param>
    /// <param name="memoryMiB">Lambda gives processor time in proportion: a whole vCPU at 1,769.</param>
    public HandlerFunction(
        Construct scope, string id, JobRunner runner, Code code, int memoryMiB, Duration timeout, Dictionary<string, string> environment)
        : base(scope, id)
    {
        var log = new LogGroup(this, "Log", new LogGroupProps
        {
            LogGroupName = LogName(runner, id),
            Retention = runner.LogRetention,
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        Role = new Role(this, "Role", new RoleProps
        {
            Description = $"What function {id} may do",
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
        });
        Role.AddToPrincipalPolicy(Statements.Allow("WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [log.LogGroupArn]));
        Function = new Function(this, "Function", new FunctionProps
        {
            Runtime = DotNet10,
            Handler = ControlPlane.Handler,
            Code = code,
            Architecture = FunctionAsset.Architecture,
            MemorySize = memoryMiB,
            Timeout = timeout,
            Role = Role,
            LogGroup = log,
            Environment = new Dictionary<string, string>(environment) { ["ANNOTATIONS_HANDLER"] = id },
        });
        // CDK makes it wait for the role as well, which it refers to anyway: cfn-lint warns of that.
        ((CfnFunction)Function.Node.DefaultChild!).AddOverride("DependsOn", new[] { PolicyId() });
        runner.AlertRoom.WhenFailing(this, Function, $"{id} threw. What it was working on is tried again; the exception is in the log group {LogName(runner, id)}.");
        runner.AlertRoom.WhenThrottled(this, Function, $"Lambda refused to run {id}: the account's concurrency is used up. Nothing is lost; ask AWS for a higher quota, or find what uses it.");
    }

    public Role Role { get; }

    public Function Function { get; }

    private static string LogName(JobRunner runner, string id) => $"/jobs/{runner.StackName}/functions/{id}";

    private string PolicyId() => ((CfnPolicy)Role.Node.FindChild("DefaultPolicy").Node.DefaultChild!).LogicalId;
}
