using Jobs.Cdk.Checks;

namespace Jobs.Tests.Infra;

public sealed class TemplateLimitTests
{
    [Theory]
    [InlineData(980_000, 0)]
    [InlineData(1_000_000, 1)]
    public void Template_that_is_too_large_is_named_with_its_largest_resources(int environment, int errors)
    {
        var text = new string('x', environment);
        var template = """{"Resources": {"Small": {"Type": "x"}, "JobsbigTask": {"Type": "AWS::ECS::TaskDefinition", "Text": "TEXT"}}}"""
            .Replace("TEXT", text, StringComparison.Ordinal);

        var found = TemplateLimit.Check("shop", template).ToList();

        Assert.Equal(errors, found.Count);
        Assert.All(found, error => Assert.Matches(
            @"^CloudFormation takes a template of at most 1,000,000 bytes \(declared: shop with 1,000,1\d\d, the " +
            @"most of them in JobsbigTask with 1,000,0\d\d, Small with 12\)\. " +
            "Shorten environments and commands of jobs, or make two stacks, each with a JobRunner, and move some of " +
            "these jobs to the second.$",
            error));
    }
}
