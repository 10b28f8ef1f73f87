using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class RelationRulesTests
{
    [Fact]
    public void Jobs_in_a_row_are_accepted() => Assert.Empty(Check(Job("a"), Job("b", "a"), Job("c", "a", "b")));

    [Fact]
    public void Unknown_job_is_named_with_the_nearest() =>
        Assert.Equal(
            ["Job 'b': a job comes after a job of its own stack (declared: line-cuont). Did you mean 'line-count'?"],
            Check(Job("line-count"), Job("b", "line-cuont")));

    [Fact]
    public void Unknown_child_is_named_with_what_there_is() =>
        Assert.Equal(
            ["Job 'b': a job submits jobs of its own stack (declared: zzzzzz). The stack has: b."],
            Check(Job("b") with { Submits = ["zzzzzz"] }));

    [Theory]
    [InlineData("a:a", "a", "a after a")]
    [InlineData("a:b b:a", "a", "a after b after a")]
    [InlineData("c:b b:a a:c d:c", "a", "a after c after b after a")]
    public void Cycle_is_told_once_with_its_way(string jobs, string job, string way)
    {
        var error = Assert.Single(
            Check([.. jobs.Split(' ').Select(pair => pair.Split(':')).Select(pair => Job(pair[0], pair[1]))]));

        Assert.Equal(
            $"Job '{job}': no job comes after itself, or each run would start the next for ever (declared: {way}). " +
            "Take one of these After away.",
            error);
    }

    [Fact]
    public void Job_comes_once_after_another() =>
        Assert.Contains("On = Always", Assert.Single(Check(Job("a"), Job("b", "a", "a"))), StringComparison.Ordinal);

    private static JobDefinition Job(string name, params string[] after) =>
        new(name) { Afters = [.. after.Select(other => new AfterTrigger(other))] };

    private static IEnumerable<string> Check(params JobDefinition[] jobs) =>
        DefinitionRules.Check("jobs", jobs).Select(error => error.ToString());
}
