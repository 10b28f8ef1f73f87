using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>Stacks with many jobs of every kind.</summary>
internal static class ManyJobs
{
    private static readonly Lazy<Synthesis> LazyFifty = new(() => Of(50));

    private static readonly Lazy<Synthesis> LazyFour = new(() => Of(8, 4));

    /// <summary>Fifty jobs, as many of each kind.</summary>
    public static Synthesis Fifty => LazyFifty.Value;

    /// <summary>Four jobs: those kinds that give functions something to do which they have not with others.</summary>
    public static Synthesis Four => LazyFour.Value;

    /// <summary>With an image of the account's, which each job's execution role has to be granted.</summary>
    private static Synthesis Of(int count, int skip = 0) => Synthesis.Of((stack, runner) =>
    {
        var image = ContainerImage.FromEcrRepository(Repository.FromRepositoryName(stack, "Images", "images"), "1");
        foreach (var job in Enumerable.Range(0, count).Skip(skip).Select(Job))
        {
            runner.AddJob(job, new JobProps { Image = image });
        }
    });

    private static JobDefinition Job(int number)
    {
        var job = new JobDefinition($"some-ordinary-job-{number}")
        {
            Reads = ["reference/"],
            Writes = [$"out{number}/"],
        };
        return (number % 8) switch
        {
            0 => job with { Uploads = [new UploadTrigger($"in{number}/", ".csv")] },
            1 => job with { Schedules = [new ScheduleTrigger("hourly", "rate(1 hour)")] },
            2 => job with
            {
                Schedules = [new ScheduleTrigger("nightly", "cron(30 2 * * ? *)") { TimeZone = "Europe/Berlin" }],
            },
            3 => job with { HasHost = false, Uploads = [new UploadTrigger($"etl{number}/")] },
            4 => job with { Queue = new QueueTrigger() },
            5 => job with { Queue = Shapes.ServiceQueue },
            6 => job with { Submits = ["some-ordinary-job-7"] },
            _ => job with { Afters = number > 7 ? [new AfterTrigger("some-ordinary-job-0")] : [] },
        };
    }
}
