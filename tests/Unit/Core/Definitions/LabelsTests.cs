using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class LabelsTests
{
    private static readonly string Long = new('x', 63);

    [Fact]
    public void First_ones_win_by_name_and_others_are_added_as_far_as_all_fit()
    {
        Assert.Equal(
            ["a=1", "team=billing"], Labels.Join(["team=billing"], ["a=1", "team=sales", "team=old"]));
        Assert.Equal(["a=1", "a=2"], Labels.Join(["a=2", "a=1"], ["a=3"]));
        Assert.Equal(
            ["a=1", "b=1", "c=1", "d=1", "e=1"], Labels.Join(["b=1", "c=1", "d=1", "e=1"], ["a=1", "f=1"]));
        Assert.Equal(
            ["a=" + Long, "b=" + Long, "c=" + Long, "e=1"],
            Labels.Join(["a=" + Long, "b=" + Long, "c=" + Long], ["d=" + Long, "e=1"]));
    }

    [Theory]
    [InlineData("Team=billing")]
    [InlineData("team=")]
    [InlineData("team")]
    [InlineData("team=two\nlines")]
    public void Declared_label_that_is_none_is_refused(string label)
    {
        var error = Assert.Single(Check(new JobDefinition("orders") { Labels = [label] }));

        Assert.Equal((Labels.Rule, label), (error.Rule, error.Value));
    }

    [Fact]
    public void Two_of_a_name_too_many_and_those_of_a_service_are_refused()
    {
        var two = Assert.Single(Check(new JobDefinition("orders") { Labels = ["team=a", "team=b"] }));
        var six = Assert.Single(Check(
            new JobDefinition("orders") { Labels = [.. Enumerable.Range(0, 6).Select(n => $"label-{n}=1")] }));
        var service = Assert.Single(Check(new JobDefinition("orders")
        {
            Labels = ["team=a"],
            Queue = new QueueTrigger { Mode = QueueMode.Service },
        }));

        Assert.Equal(("a job declares one label of a name", "team=a, team=b"), (two.Rule, two.Value));
        Assert.Equal("a run has at most 5 labels, of 200 characters in all", six.Rule);
        Assert.Equal("a queue's service has no runs to be labelled", service.Rule);
    }

    [Fact]
    public void Declared_labels_survive_the_catalog()
    {
        var job = new JobDefinition("orders") { Labels = ["team=billing", "tier=Größe 1"] };

        Assert.Empty(Check(job));
        Assert.Equal(job.Labels, JobCatalog.Parse(new JobCatalog([job]).ToJson()).Jobs[0].Labels);
    }

    private static IEnumerable<DefinitionError> Check(JobDefinition job) => DefinitionRules.Check(job);
}
