using System.Diagnostics;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>cdk-nag's AwsSolutions finds nothing that has no reason.</summary>
public sealed class NagTests
{
    private static readonly Lazy<Synthesis> LazyVerified = new(() => Synthesis.Of(
        (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
        _ => Synthesis.AnyRunner with { Canary = true, Verifier = new AccountRootPrincipal() }));

    [NagFact]
    public void Nothing_is_found_in_a_typical_stack() => AssertClean(Shapes.Typical);

    [NagFact]
    public void Nothing_is_found_in_a_stack_with_queues() => AssertClean(Shapes.Queues);

    [NagFact]
    public void Nothing_is_found_in_a_stack_with_canaries_and_a_verifier() => AssertClean(LazyVerified.Value);

    [NagFact]
    public void Nothing_is_found_in_a_pipeline() => AssertClean(PipelineStack.OnAws);

    [NagFact]
    public void Nothing_is_found_in_the_roles_of_github() => AssertClean(PipelineStack.OnGitHub);

    [Fact]
    public void Wildcards_of_the_stack_itself_have_a_reason_and_those_that_an_author_grants_have_none()
    {
        var template = Synthesis.Of((stack, runner) =>
        {
            var job = runner.AddJob(new JobDefinition("any"), Shapes.AnyImage);
            new Bucket(stack, "Reports").GrantWrite(job);
        }).Template;

        Assert.Contains("AwsSolutions-IAM5", Reasons(template.Named("JobsanyTaskRole")), StringComparison.Ordinal);
        Assert.Contains(
            "AwsSolutions-IAM5",
            Reasons(template.Named("JobsFunctionsOnTickRoleDefaultPolicy")),
            StringComparison.Ordinal);
        var granted = template.Named("JobsanyTaskRoleDefaultPolicy");
        Assert.Contains("s3:Abort*", granted["PolicyDocument"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("s3:", Reasons(granted), StringComparison.Ordinal);
        Assert.Contains("applies_to: Resource::*", Reasons(granted), StringComparison.Ordinal);
    }

    private static string Reasons(Resource resource) =>
        Readable.Text(resource.Declaration["Metadata"]?["cdk_nag"]?["rules_to_suppress"]);

    private static void AssertClean(Synthesis stack)
    {
        using var nag = Process.Start(
            new ProcessStartInfo("node", ["nag.mjs", Path.Combine(stack.Folder, "jobs.template.json")])
            {
                WorkingDirectory = NagFactAttribute.Folder,
                RedirectStandardOutput = true,
            })!;
        var output = nag.StandardOutput.ReadToEnd();
        nag.WaitForExit();

        Assert.True(nag.ExitCode == 0, output);
    }
}
