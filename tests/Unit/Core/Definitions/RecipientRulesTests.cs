using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class RecipientRulesTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData("@example.com")]
    [InlineData("orders@")]
    [InlineData("a@b@c")]
    [InlineData("Orders <orders@example.com>")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("orders@example.com\n")]
    [InlineData("")]
    public void Address_that_is_none_is_refused(string email)
    {
        var error = Assert.Single(Check(new JobDefinition("orders") { Recipients = [new(email)] }));

        Assert.Equal("Notify has an e-mail address", error.Rule);
        Assert.Equal(email, error.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Orders\nteam")]
    [InlineData("123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789-1")]
    public void Owner_that_is_no_name_is_refused(string owner)
    {
        var error = Assert.Single(Check(new JobDefinition("orders") { Owner = owner }));

        Assert.StartsWith("Owner has 1 to 100 characters", error.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Owner_and_addresses_are_taken_and_survive_the_catalog()
    {
        var job = new JobDefinition("orders")
        {
            Owner = "Orders team (Zürich)",
            Recipients = [new("orders+jobs@example.com"), new("ops@example.com") { On = NotifyOn.Always }],
        };

        Assert.Empty(Check(job));
        var read = JobCatalog.Parse(new JobCatalog([job]).ToJson()).Jobs[0];
        Assert.Equal((job.Owner, NotifyOn.Always), (read.Owner, read.Recipients[1].On));
        Assert.Equal(job.Recipients, read.Recipients);
    }

    [Fact]
    public void Address_that_is_named_twice_is_refused_with_the_choice_that_says_both()
    {
        var error = Assert.Single(Check(new JobDefinition("orders")
        {
            Recipients = [new("a@example.com"), new("a@example.com") { On = NotifyOn.Success }],
        }));

        Assert.Equal("a@example.com on Failure and on Success", error.Value);
        Assert.Contains("On = Always", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Service_has_no_end_to_tell_of()
    {
        var job = new JobDefinition("orders")
        {
            Queue = new QueueTrigger { Mode = QueueMode.Service },
            Recipients = [new("a@example.com")],
        };

        Assert.Contains(Check(job), error => error.Rule.Contains("has no runs", StringComparison.Ordinal));
        Assert.Empty(Check(job with { Queue = new QueueTrigger() }));
    }

    private static IEnumerable<DefinitionError> Check(JobDefinition job) => DefinitionRules.Check("shop", job);
}
