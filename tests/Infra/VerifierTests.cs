using Amazon.CDK.AWS.IAM;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class VerifierTests
{
    private static readonly Lazy<Template> LazyTemplate = new(() => Of(new AccountPrincipal("111122223333")));

    private static Resource Role => LazyTemplate.Value.Named("JobsVerifier");

    [Fact]
    public void Verifier_may_be_assumed_by_whom_the_stack_says_under_a_name_that_is_known_before()
    {
        Assert.Equal("jobs_<AWS::Region>_verify", Role["RoleName"]);
        Assert.Contains("111122223333:root", Role["AssumeRolePolicyDocument"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Verifier_may_do_what_the_page_says_and_nothing_else() =>
        Snapshot.Matches("verifier.txt", Readable.Role(LazyTemplate.Value, Role));

    [Fact]
    public void Stack_that_does_not_ask_for_it_has_no_verifier()
    {
        Assert.DoesNotContain(
            Of(null).OfType("AWS::IAM::Role"),
            role => role["RoleName"]?.EndsWith("_verify", StringComparison.Ordinal) is true);
        Assert.Contains(
            "Verifier is who may verify the stack by its canaries (declared: without Canary). Set Canary.",
            Assert.ThrowsAny<Exception>(() => Of(new AccountRootPrincipal(), canary: false)).Message,
            StringComparison.Ordinal);
    }

    private static Template Of(IPrincipal? verifier, bool canary = true) => Synthesis.Of(
        (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
        _ => Synthesis.AnyRunner with { Canary = canary, Verifier = verifier }).Template;
}
