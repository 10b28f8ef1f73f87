using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Testing;

/// <summary>The job of the README, and its unit test as the README shows it.</summary>
public sealed class LineCountTests
{
    [Fact]
    public async Task Lines_are_counted()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "one\ntwo\n" } };
        Assert.Equal(2, (await env.RunAsync(new LineCount(), env.Upload("incoming/a.txt"))).Lines);
    }

    [Fact]
    public async Task File_without_a_line_can_never_succeed()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "" } };
        await Assert.ThrowsAsync<JobFailedException>(() => env.RunAsync(new LineCount(), env.Upload("incoming/a.txt")));
    }

    [Fact]
    public void Declaration_is_valid_and_has_the_name_that_the_comment_says()
    {
        var job = JobDefinitions.From(typeof(LineCount));
        Assert.Equal("line-count", job.Name);
        Assert.Empty(DefinitionRules.Check("jobs", job));
    }
}
