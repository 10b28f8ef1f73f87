using Acme.Worker;
using Amazon.CDK;
#if (image)
using Amazon.CDK.AWS.ECS;
#endif
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace Acme.Infra;

/// <summary>
/// All that AWS needs for the jobs. Context: <c>adminEmails</c>, comma-separated addresses that are told of failures;
/// <c>account</c> and <c>region</c>, where a pipeline deploys it (default: those of the credentials).
/// </summary>
internal sealed class JobsStack : Stack
{
    public JobsStack(Construct scope, string id)
        : base(scope, id, new StackProps { Env = EnvironmentOf(scope) })
    {
        var runner = new JobRunner(this, "Jobs", new JobRunnerProps
        {
            AdminEmails = AdminEmails(),
            Canary = true, // For dotnet jobs verify.
            // A pipeline verifies with the stack's own role; of another account, new AccountPrincipal("…").
            Verifier = new AccountRootPrincipal(),
        });
        runner.AddJobs(
            typeof(LineCount).Assembly,
            new JobProps { Image = WorkerImage.FromProject(this, "../src/Acme.Worker") });
#if (image)
        // Any image will do: exit code 0 is success.
        runner.AddJob(
            new JobDefinition("nightly-sum")
            {
                HasHost = false,
                Schedules = [new ScheduleTrigger("nightly", "cron(0 3 * * ? *)")],
            },
            new JobProps
            {
                Image = ContainerImage.FromRegistry("public.ecr.aws/docker/library/busybox:1.37"),
                Command = ["sh", "-c", "echo $((6 * 7))"],
            });
#endif
    }

    private static Amazon.CDK.Environment EnvironmentOf(Construct scope) => new()
    {
        Account = scope.Node.TryGetContext("account") as string,
        Region = scope.Node.TryGetContext("region") as string,
    };

    private string[] AdminEmails() =>
        (Node.TryGetContext("adminEmails") as string ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
