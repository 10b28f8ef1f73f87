using Jobs.Cli.Ports;
using Jobs.Cli.Stacks;

namespace Jobs.Tests.Unit.Cli;

public sealed class OutputCacheTests : IDisposable
{
    private static readonly Target Here = new("http://127.0.0.1:4566", "us-east-1", null, false, "|local");

    private static readonly StackPlace Place =
        new("jobs", "us-east-1", "http://127.0.0.1:4566", new Dictionary<string, string>
        {
            ["JobsBucket"] = "bucket",
            ["JobsCluster"] = "cluster",
            ["UploadCommand"] = "aws s3 cp FILE s3://bucket/?a=b",
        });

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-cache-").FullName;
    private readonly ManualClock _clock = new();

    private OutputCache Cache => new(_folder, _clock);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_kept_is_found_for_an_hour()
    {
        Cache.Keep(Here, "jobs", Place);

        _clock.Advance(OutputCache.Life);
        Assert.Equivalent(Place, Cache.Find(Here, "jobs"), strict: true);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Cache.Find(Here, "jobs"));
    }

    [Fact]
    public void Stack_of_another_name_account_or_Region_is_not_found()
    {
        Cache.Keep(Here, "jobs", Place);

        Assert.Null(Cache.Find(Here, null));
        Assert.Null(Cache.Find(Here with { Identity = "other|local" }, "jobs"));
        Assert.Null(Cache.Find(Here with { Region = "eu-central-1" }, "jobs"));
        Assert.Null(Cache.Find(Here with { Endpoint = null }, "jobs"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing of it")]
    [InlineData("{first}\n12")]
    [InlineData("{first}\nsoon\njobs\nus-east-1\n\n")]
    [InlineData("{first}\n1767600000\njobs\nus-east-1\n\nno equals sign")]
    public void File_that_is_not_whole_counts_as_none(string content)
    {
        Cache.Keep(Here, "jobs", Place);
        var file = Assert.Single(Directory.GetFiles(_folder));
        File.WriteAllText(file, content.Replace("{first}", File.ReadLines(file).First(), StringComparison.Ordinal));

        Assert.Null(Cache.Find(Here, "jobs"));
    }
}
