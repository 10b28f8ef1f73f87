using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Functions;

/// <summary>One of the published functions, with its log group and a role of its own.</summary>
internal sealed class HandlerFunction : Construct
{
    private readonly string _id;
    private readonly string _logName;

    /// <param name="id">Name of the function, by which the program chooses what to run.</param>
    /// <param name="memoryMiB">Lambda gives processor time in proportion: a whole vCPU at 1,769.</param>
    public HandlerFunction(
        Construct scope,
        string id,
        FunctionCode code,
        int memoryMiB,
        Duration timeout,
        RetentionDays logRetention,
        Dictionary<string, string> environment)
        : base(scope, id)
    {
        (_id, _logName) = (id, $"/jobs/{Stack.Of(scope).StackName}/functions/{id}");
        var log = CreateLog(logRetention);
        Role = CreateRole(log);
        Function = new Function(this, "Function", new FunctionProps
        {
            Runtime = code.Runtime,
            Handler = code.Handler,
            Code = code.Code,
            Architecture = AssetRuntime.For(this).Lambda,
            MemorySize = memoryMiB,
            Timeout = timeout,
            Role = Role,
            LogGroup = log,
            Environment = new Dictionary<string, string>(environment) { ["ANNOTATIONS_HANDLER"] = id },
        });
        // CDK makes it wait for the role as well, which it refers to anyway: cfn-lint warns of that.
        ((CfnFunction)Function.Node.DefaultChild!).AddOverride("DependsOn", new[] { Policy.LogicalId });
    }

    public Role Role { get; }

    public Function Function { get; }

    private CfnPolicy Policy => (CfnPolicy)Role.Node.FindChild("DefaultPolicy").Node.DefaultChild!;

    public void Grant(params IEnumerable<PolicyStatement> statements)
    {
        foreach (var statement in statements) Role.AddToPrincipalPolicy(statement);
    }

    /// <summary>
    /// Tells admins when the function fails. When it may not run, its inbox is behind, or the tick is silent: an alarm
    /// of its own would cost as much as all its calls, and say it a little sooner.
    /// </summary>
    public void AlertWith(AdminAlerts alerts) => alerts.WhenFailing(
        this,
        Function,
        $"{_id} threw. What it was working on is tried again; the exception is in the log group {_logName}.");

    /// <summary>
    /// Lambda sends a segment of each invocation that X-Ray samples.
    /// https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
    /// </summary>
    public void TraceActively() => ((CfnFunction)Function.Node.DefaultChild!).TracingConfig =
        new CfnFunction.TracingConfigProperty { Mode = "Active" };

    private LogGroup CreateLog(RetentionDays retention) => new(this, "Log", new LogGroupProps
    {
        LogGroupName = _logName,
        Retention = retention,
        RemovalPolicy = RemovalPolicy.DESTROY,
    });

    private Role CreateRole(LogGroup log)
    {
        var role = new Role(this, "Role", new RoleProps
        {
            Description = $"What function {_id} may do",
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
        });
        role.AddToPrincipalPolicy(
            Statements.Allow("WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [log.LogGroupArn]));
        return role;
    }
}
