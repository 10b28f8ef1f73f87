using FsCheck;
using FsCheck.Fluent;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Core.Runs;

public sealed class RunIdTests
{
    [Fact]
    public void Id_is_the_job_and_26_characters_that_cannot_be_misread() =>
        Assert.Matches(
            "^line-count/[0-9a-hjkmnp-tv-z]{26}$", RunId.From("line-count", "upload", "bucket", "key").ToString());

    // Pinned: an event that arrives again after a deployment must still name the run it named before.
    [Fact]
    public void Id_of_an_event_never_changes_between_versions() =>
        Assert.Equal(
            "line-count/99b62nbs32cw00mp2c3khm7x6f",
            RunId.From("line-count", "upload", "bucket", "incoming/a.csv", "version", "v1").ToString());

    [Theory]
    [InlineData(new[] { "a", "bc" }, new[] { "ab", "c" })]
    [InlineData(new[] { "a", "" }, new[] { "a" })]
    [InlineData(new[] { "a\n1:b" }, new[] { "a", "b" })]
    [InlineData(new[] { "1:a", "b" }, new[] { "1:a\n1:b" })]
    public void Parts_are_not_confused(string[] one, string[] other) =>
        Assert.NotEqual(RunId.From("job", one), RunId.From("job", other));

    [Fact]
    public void Jobs_are_not_confused() => Assert.NotEqual(RunId.From("job", "x").Key, RunId.From("jo", "b", "x").Key);

    [Fact]
    public void Text_of_an_id_reads_back() => Prop.ForAll<string[]>(parts =>
    {
        var id = RunId.From("line-count", [.. parts.Select(part => part ?? "")]);
        return RunId.Parse(id.ToString()) == id
            && id == RunId.From("line-count", [.. parts.Select(part => part ?? "")]);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("line-count")]
    [InlineData("/00000000000000000000000000")]
    [InlineData("line-count/0000000000000000000000000")]
    [InlineData("line-count/000000000000000000000000000")]
    [InlineData("line-count/0000000000000000000000000u")]
    [InlineData("line-count/0000000000000000000000000A")]
    [InlineData("line-count/00000000000000000000000000/1")]
    public void Other_text_is_not_an_id(string? text)
    {
        Assert.False(RunId.TryParse(text, out _));
        if (text is not null)
        {
            Assert.Contains(
                "is not a run id",
                Assert.Throws<FormatException>(() => RunId.Parse(text)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Shards_share_the_runs_evenly()
    {
        var counts = Enumerable.Range(0, 16_000)
            .Select(i => RunId.From("job", $"{i}").Shard(16))
            .CountBy(shard => shard)
            .ToDictionary();

        Assert.Equal(16, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 800, 1_200));
    }

    [Fact]
    public void Client_token_is_64_characters_that_ecs_takes_and_differs_for_each_launch()
    {
        var run = RunId.From("job", "x");
        var tokens = Enumerable.Range(1, 50).Select(number => new LaunchId(run, number).ClientToken).ToList();

        Assert.All(tokens, token => Assert.Matches("^[0-9a-f]{64}$", token));
        Assert.Equal(50, tokens.Distinct().Count());
        Assert.Equal(tokens[0], new LaunchId(RunId.From("job", "x"), 1).ClientToken);
    }

    [Fact]
    public void Started_by_fits_ecs_even_for_the_longest_name()
    {
        var startedBy = new LaunchId(RunId.From(new string('a', 64), "x"), int.MaxValue).ToString();

        Assert.InRange(startedBy.Length, 1, 128);
        Assert.Matches("^[A-Za-z0-9_/-]+$", startedBy);
    }

    [Fact]
    public void Started_by_reads_back() => Prop.ForAll<string, PositiveInt>((part, number) =>
    {
        var launch = new LaunchId(RunId.From("line-count", part ?? ""), number.Get);
        return LaunchId.TryParse(launch.ToString(), out var read) && read == launch;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ecs-svc/7617799119934277582")]
    [InlineData("other")]
    [InlineData("line-count/00000000000000000000000000")]
    [InlineData("line-count/00000000000000000000000000/")]
    [InlineData("line-count/00000000000000000000000000/-1")]
    [InlineData("line-count/00000000000000000000000000/ 1")]
    [InlineData("line-count/00000000000000000000000000/99999999999")]
    public void Task_that_no_run_started_is_not_a_launch(string? startedBy) =>
        Assert.False(LaunchId.TryParse(startedBy, out _));
}
