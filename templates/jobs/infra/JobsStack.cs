using Acme.Worker;
using Amazon.CDK;
#if (image)
using Amazon.CDK.AWS.ECS;
#endif
using Constructs;

namespace Acme.Infra;

/// <summary>
/// All that AWS needs for the jobs. Context: <c>adminEmails</c>, comma-separated addresses that are told of failures.
/// </summary>
internal sealed class JobsStack : Stack
{
    public JobsStack(Construct scope, string id)
        : base(scope, id)
    {
        var runner = new JobRunner(this, "Jobs", new JobRunnerProps
        {
            AdminEmails = AdminEmails(),
            Canary = true, // For dotnet jobs verify.
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

    private string[] AdminEmails() =>
        (Node.TryGetContext("adminEmails") as string ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
