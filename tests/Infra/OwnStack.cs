using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.S3;
using Constructs;
using Jobs.Core.Definitions;
using Jobs.Worker;

namespace Jobs.Tests.Infra;

/// <summary>A stack as the papers tell people to write it.</summary>
internal sealed class OwnStack : Stack
{
    public OwnStack(Construct scope, string id, string functions)
        : base(scope, id)
    {
        var image = ContainerImage.FromRegistry("example.com/worker:1");
        var reports = new Bucket(this, "Reports");

        var props = new JobRunnerProps { AdminEmails = ["ops@example.com"], FunctionsFolder = functions };
        var runner = new JobRunner(this, "Jobs", props);
        runner.AddJobs(typeof(CsvImport).Assembly, new JobProps { Image = image });
        runner.AddJob(
            new JobDefinition("nightly-etl") { HasHost = false },
            new JobProps { Image = ContainerImage.FromRegistry("example.com/etl:1") });
        reports.GrantWrite(runner.Job("csv-import"));
    }

    public static void AddEtl(JobRunner runner)
    {
        runner.AddJob(
            new JobDefinition("nightly-etl")
            {
                HasHost = false,
                Cpu = 1024,
                MemoryMiB = 2048,
                Uploads = [new UploadTrigger("etl/", ".parquet")],
            },
            new JobProps { Image = ContainerImage.FromRegistry("example.com/etl:1") });
    }
}
