using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class OwnStackTests
{
    private static readonly Lazy<Synthesis> LazyOwn = new(
        () => Synthesis.OfApp(app => new OwnStack(app, "jobs", Synthesis.AnyRunner.FunctionsFolder)));

    [Fact]
    public void Jobs_of_the_assembly_and_of_an_image_are_in_the_stack() => Assert.Equal(
        ["jobs_csv-import", "jobs_hourly-report", "jobs_nightly-etl", "jobs_photo-catalog", "jobs_queue-worker"],
        LazyOwn.Value.Template.OfType("AWS::ECS::TaskDefinition")
            .Select(task => task["Family"])
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Grant_to_a_job_is_its_task_roles() =>
        Assert.Contains(
            "on <Reports.Arn>/*",
            Readable.Role(LazyOwn.Value.Template, LazyOwn.Value.Template.Named("JobscsvimportTaskRole")),
            StringComparison.Ordinal);

    [Fact]
    public void Image_without_our_host_is_expected_to_send_no_heartbeat()
    {
        var asset = Synthesis.Of((_, runner) => OwnStack.AddEtl(runner)).FunctionsAsset;
        var etl = Assert.Single(JobCatalog.Parse(File.ReadAllText(Path.Combine(asset, JobCatalog.FileName))).Jobs);
        Assert.False(etl.HasHost);
        Assert.Equal([new UploadTrigger("etl/", ".parquet")], etl.Uploads);
    }
}
