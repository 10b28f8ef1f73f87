using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class AssetTests
{
    [Fact]
    public void Functions_asset_is_the_published_folder_with_the_catalog()
    {
        var asset = Shapes.Typical.FunctionsAsset;

        Assert.Equal(
            ["Jobs.Functions.dll", "jobs.json", "runtimes/native.so", "zoneinfo/Europe/Berlin"],
            Directory.EnumerateFiles(asset, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(asset, file))
                .Order(StringComparer.Ordinal));
        var catalog = JobCatalog.Parse(File.ReadAllText(Path.Combine(asset, JobCatalog.FileName)));
        Assert.Equal(["line-count", "nightly-etl"], catalog.Jobs.Select(job => job.Name));
        Assert.Equal(Shapes.LineCount.Uploads, catalog.Find("line-count")!.Uploads);
    }

    [Fact]
    public void The_same_input_gives_the_same_asset_whatever_the_order()
    {
        var again = Synthesis.Of((_, runner) =>
        {
            runner.AddJob(Shapes.NightlyEtl, Shapes.AnyImage);
            runner.AddJob(Shapes.LineCount, Shapes.AnyImage);
        });

        Assert.Equal(Path.GetFileName(Shapes.Typical.FunctionsAsset), Path.GetFileName(again.FunctionsAsset));
    }

    [Fact]
    public void A_changed_job_gives_another_asset()
    {
        var changed = Synthesis.OfJob(Shapes.LineCount with { TimeoutMinutes = 5 });

        Assert.NotEqual(Path.GetFileName(Shapes.Typical.FunctionsAsset), Path.GetFileName(changed.FunctionsAsset));
    }

    [Fact]
    public void Functions_share_one_asset() =>
        Assert.Single(
            Shapes.Typical.Template.OfType("AWS::Lambda::Function").Select(function => function["Code"]).Distinct());

    [Fact]
    public void Functions_that_were_not_published_fail_synthesis()
    {
        var empty = Directory.CreateTempSubdirectory("jobs-empty-").FullName;

        var error = Assert.ThrowsAny<Exception>(() => Synthesis.OfFolder(empty));
        Assert.Contains(
            $"Jobs.Functions.dll among them (declared: {empty}). The build of the app",
            error.Message,
            StringComparison.Ordinal);
    }
}
