using Jobs.Cli.Ground;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class DeployTests
{
    private readonly CommandLine _jobs = new() { Answer = true };

    public DeployTests() => _jobs.Programs.Does = WriteOutputs;

    [Fact]
    public async Task Steps_are_synthesis_the_look_at_the_account_the_change_and_the_deployment()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("deploy -c adminEmails=ada@example.com -c stage=dev"));

        Assert.Equal(
            [
                "infra-cdk: npx --yes aws-cdk@2 synth --quiet --output cdk.out --context adminEmails=ada@example.com "
                + "--context stage=dev",
                "infra-cdk: npx --yes aws-cdk@2 diff --app cdk.out",
                "infra-cdk: npx --yes aws-cdk@2 deploy --app cdk.out --require-approval never --progress events "
                + "--outputs-file FILE",
            ],
            Lines);
        Assert.Equal(["Deploy this to eu-central-1?"], _jobs.Asked);
        Assert.Contains("✓ CDK bootstrap", _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_has_the_outputs_what_to_confirm_and_what_proves_it()
    {
        await _jobs.RunAsync("deploy -c adminEmails=ada@example.com");

        Assert.Contains("JobsRunsTable   the-runs", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("e-mail to each new address of ada@example.com", _jobs.Error, StringComparison.Ordinal);
        Assert.Contains("dotnet jobs verify --stack acme", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_without_an_admin_says_that_no_failure_will_be_heard_of()
    {
        await _jobs.RunAsync("deploy -c adminEmails=");

        Assert.Contains("No admin hears of failures", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_stacks_and_an_app_elsewhere_are_named()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("deploy --app ../shop/infra --stack dev --yes"));

        Assert.Equal("../shop/infra: npx --yes aws-cdk@2 diff --app cdk.out dev", Lines[1]);
        Assert.EndsWith("--outputs-file FILE dev", Lines[2], StringComparison.Ordinal);
        Assert.Empty(_jobs.Asked);
    }

    [Fact]
    public async Task Of_several_stacks_the_only_one_with_jobs_is_meant()
    {
        var needs = _jobs.Surroundings.Synthesized();
        _jobs.Surroundings.Synthesized = () => needs! with { OnlyStackWithJobs = "acme" };

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("deploy --yes"));

        Assert.Equal("infra-cdk: npx --yes aws-cdk@2 diff --app cdk.out acme", Lines[1]);
        Assert.EndsWith("--outputs-file FILE acme", Lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("synth", "The app does not synthesize", 1)]
    [InlineData("diff", "could not be shown", 2)]
    [InlineData("deploy", "The deployment failed", 3)]
    public async Task Step_that_fails_is_the_last(string step, string sentence, int steps)
    {
        _jobs.Programs.Does = arguments => arguments[2] == step ? 7 : 0;

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("deploy --yes"));

        Assert.Equal(steps, Lines.Count);
        Assert.Contains(sentence, _jobs.Error, StringComparison.Ordinal);
        Assert.Contains($"cdk {step} ended with exit code 7", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_the_account_ends_it_unless_it_is_forced()
    {
        _jobs.Account.Parameters.Clear();

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("deploy --yes"));
        Assert.Single(Lines);
        Assert.Contains("cd infra-cdk && npx aws-cdk@2 bootstrap", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing was deployed", _jobs.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("deploy --yes --force"));
        Assert.Equal(4, Lines.Count);
    }

    [Theory]
    [InlineData(false, ExitCodes.Failed, "Nothing was deployed.")]
    [InlineData(null, ExitCodes.Usage, "Agree with --yes.")]
    public async Task What_is_not_agreed_to_is_not_deployed(bool? answer, int code, string sentence)
    {
        _jobs.Answer = answer;

        Assert.Equal(code, await _jobs.RunAsync("deploy"));

        Assert.Equal(2, Lines.Count);
        Assert.Contains(sentence, _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Laptop_is_not_deployed_to()
    {
        _jobs.Surroundings.IsLaptop = true;

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("deploy"));

        Assert.Empty(Lines);
        Assert.Contains("unset AWS_ENDPOINT_URL", _jobs.Error, StringComparison.Ordinal);
    }

    private List<string> Lines => [.. _jobs.Programs.Lines.Select(WithoutFile)];

    private static string WithoutFile(string line) => string.Join(
        ' ', line.Split(' ').Select(word => word.EndsWith(".json", StringComparison.Ordinal) ? "FILE" : word));

    private static int WriteOutputs(IReadOnlyList<string> arguments)
    {
        const string Outputs = """{"acme": {"JobsRunsTable": "the-runs", "JobsCanaryRule": "the-rule"}}""";
        var file = arguments.SkipWhile(one => one != "--outputs-file").Skip(1).FirstOrDefault();
        if (file is not null) File.WriteAllText(file, Outputs);
        return 0;
    }
}
