using System.Net;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Jobs.Cli.Doctor;
using Jobs.Cli.Ground;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class PreflightTests
{
    private static readonly string[] OfTheAccount = ["ECS role", "CDK bootstrap", "Lambda", "Fargate", "Fargate Spot"];

    private readonly CommandLine _jobs = new();

    [Fact]
    public async Task Account_and_machine_that_have_all_end_with_0()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("doctor --before-deploy --json"));

        Assert.True((bool)_jobs.Json["healthy"]!);
        var checks = _jobs.Json["checks"]!.AsArray();
        Assert.Equal(
            [
                "credentials", "Region", "clock", "ECS role", "CDK bootstrap", "stack", "Lambda", "Fargate",
                "Fargate Spot", "Docker", "node", "dotnet"
            ], checks.Select(check => (string)check!["name"]!));
        Assert.All(checks, check => Assert.Equal(("ok", null), ((string)check!["outcome"]!, (string?)check["remedy"])));
        Assert.Equal("100 vCPU, the jobs may want 3 at once", Detail("Fargate"));
        Assert.Equal("100 vCPU, the jobs may want 2 at once", Detail("Fargate Spot"));
    }

    [Fact]
    public async Task It_needs_no_stack()
    {
        var jobs = new CommandLine { NoStack = CliException.NotReady("No stack of jobs was found in eu-central-1.") };

        Assert.Equal(ExitCodes.Done, await jobs.RunAsync("doctor --before-deploy"));

        Assert.Contains("✓ ECS role", jobs.Out, StringComparison.Ordinal);
    }

    [Theory]
    [
        InlineData(
            "no role", "ECS role", "error", "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com")
    ]
    [InlineData("no bootstrap", "CDK bootstrap", "error", "npx aws-cdk@2 bootstrap")]
    [InlineData("old bootstrap", "CDK bootstrap", "error", "npx aws-cdk@2 bootstrap")]
    [InlineData("odd bootstrap", "CDK bootstrap", "error", "npx aws-cdk@2 bootstrap")]
    [
        InlineData(
            "few executions", "Lambda", "warning", "--service-code lambda --quota-code L-B99A9384 --desired-value 1000")
    ]
    [
        InlineData(
            "few vCPUs",
            "Fargate",
            "warning",
            "--service-code fargate --quota-code L-3032A538 --desired-value 3, or let the stack stay within: " +
            "MaxVcpus = 2")
    ]
    [InlineData("no vCPUs", "Fargate", "error", "--quota-code L-3032A538 --desired-value 3")]
    [InlineData("no Spot", "Fargate Spot", "error", "--quota-code L-36FBB829 --desired-value 2")]
    [InlineData("no Docker", "Docker", "error", "docs.docker.com")]
    [InlineData("no engine", "Docker", "error", "systemctl start docker")]
    [InlineData("no node", "node", "error", "Node.js 20")]
    [InlineData("old dotnet", "dotnet", "error", ".NET 10 SDK")]
    [InlineData("no synthesis", "stack", "unknown", "npx aws-cdk@2 synth")]
    [InlineData("broken synthesis", "stack", "unknown", "npx aws-cdk@2 synth")]
    [InlineData("no credentials", "credentials", "error", "aws configure")]
    [InlineData("laptop", "Region", "warning", "unset AWS_ENDPOINT_URL")]
    public async Task What_is_missing_is_said_with_the_command_that_mends_it(
        string what, string check, string outcome, string remedy)
    {
        Break(what);

        Assert.Equal(
            outcome == "error" ? ExitCodes.Failed : ExitCodes.Done,
            await _jobs.RunAsync("doctor --before-deploy --json"));

        var found = Check(check);
        Assert.Equal(outcome, (string)found["outcome"]!);
        Assert.Contains(remedy, (string)found["remedy"]!, StringComparison.Ordinal);
        Assert.Empty(_jobs.Account.Created);
        Assert.Empty(_jobs.Asked);
    }

    public static TheoryData<Exception, string> Refusals => new()
    {
        { new AmazonServiceException("User ada is not authorized.", ErrorType.Sender, "AccessDenied", "",
            HttpStatusCode.Forbidden), "AWS does not say: AccessDenied: User ada is not authorized." },
        { new HttpRequestException("No such host is known."), "It could not be looked at: No such host is known." },
        { new AmazonClientException("AWS's answer is not the documented one."),
            "It could not be looked at: AWS's answer is not the documented one." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_asked_is_unknown_and_never_ok(Exception refusal, string detail)
    {
        _jobs.Account.Refusal = refusal;

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("doctor --before-deploy --json"));

        Assert.All(
            OfTheAccount, name => Assert.Equal(("unknown", detail), ((string)Check(name)["outcome"]!, Detail(name))));
        Assert.All(
            OfTheAccount, name => Assert.Contains("aws ", (string)Check(name)["remedy"]!, StringComparison.Ordinal));

        await _jobs.RunAsync("doctor --before-deploy");
        Assert.Contains("? ECS role", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("0 errors, 0 warnings, 5 unknown.", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quota_of_a_stack_that_is_not_known_is_told_and_not_judged()
    {
        Break("no synthesis");

        await _jobs.RunAsync("doctor --before-deploy --json");

        Assert.Equal(
            ("unknown", "100 vCPU; what the stack needs is not known."),
            ((string)Check("Fargate")["outcome"]!, Detail("Fargate")));
        Assert.Equal("1,000 executions at once, the stack has at most 22", Detail("Lambda"));
    }

    [Fact]
    public async Task Stack_that_limits_itself_wants_no_more_than_that()
    {
        var needs = _jobs.Surroundings.Synthesized()!;
        _jobs.Surroundings.Synthesized = () => needs with { MaxVcpus = 2 };
        _jobs.Account.Quotas["fargate L-3032A538"] = 2;

        await _jobs.RunAsync("doctor --before-deploy --json");

        Assert.Equal(
            ("ok", "2 vCPU, the jobs may want 2 at once"), ((string)Check("Fargate")["outcome"]!, Detail("Fargate")));
    }

    [Fact]
    public async Task Role_is_made_when_that_is_asked_for_and_only_if_it_is_missing()
    {
        await _jobs.RunAsync("doctor --before-deploy --create-service-linked-role");
        Assert.Empty(_jobs.Account.Created);

        Break("no role");
        Assert.Equal(
            ExitCodes.Done, await _jobs.RunAsync("doctor --before-deploy --create-service-linked-role --json"));

        Assert.Equal(["ecs.amazonaws.com"], _jobs.Account.Created);
        Assert.Equal("ok", (string)Check("ECS role")["outcome"]!);
    }

    [Theory]
    [InlineData(true, ExitCodes.Done)]
    [InlineData(false, ExitCodes.Failed)]
    [InlineData(null, ExitCodes.Failed)]
    public async Task Person_is_asked_whether_to_make_the_role(bool? answer, int exitCode)
    {
        Break("no role");
        _jobs.Answer = answer;

        Assert.Equal(exitCode, await _jobs.RunAsync("doctor --before-deploy"));

        Assert.Contains(
            "The account has no AWSServiceRoleForECS", Assert.Single(_jobs.Asked), StringComparison.Ordinal);
        Assert.Equal(answer == true ? 1 : 0, _jobs.Account.Created.Count);
    }

    [Fact]
    public async Task Role_that_AWS_refuses_to_make_is_an_error()
    {
        Break("no role");
        _jobs.Account.CreationRefusal = new AmazonServiceException(
            "Not authorized.", ErrorType.Sender, "AccessDenied", "", HttpStatusCode.Forbidden);

        Assert.Equal(
            ExitCodes.Failed, await _jobs.RunAsync("doctor --before-deploy --create-service-linked-role --json"));

        Assert.Contains(
            "AWS refuses to make it: AccessDenied: Not authorized.", Detail("ECS role"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_is_made_only_before_a_deployment()
    {
        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("doctor --create-service-linked-role"));

        Assert.Contains("goes with --before-deploy", _jobs.Error, StringComparison.Ordinal);
    }

    private JsonNode Check(string name) =>
        _jobs.Json["checks"]!.AsArray().Single(one => (string)one!["name"]! == name)!;

    private string Detail(string check) => (string)Check(check)["detail"]!;

    private void Break(string what)
    {
        var (account, machine) = (_jobs.Account, _jobs.Surroundings);
        switch (what)
        {
            case "no role": account.Roles.Clear(); break;
            case "no bootstrap": account.Parameters.Clear(); break;
            case "old bootstrap": account.Parameters["/cdk-bootstrap/hnb659fds/version"] = "5"; break;
            case "odd bootstrap": account.Parameters["/cdk-bootstrap/hnb659fds/version"] = "new"; break;
            case "few executions": account.Executions = 10; break;
            case "few vCPUs": account.Quotas["fargate L-3032A538"] = 2; break;
            case "no vCPUs": account.Quotas["fargate L-3032A538"] = 0; break;
            case "no Spot": account.Quotas["fargate L-36FBB829"] = 0; break;
            case "no Docker": machine.Docker = null; break;
            case "no engine": machine.Docker = new(null, "Cannot connect to the Docker daemon."); break;
            case "no node": machine.Versions["node"] = null; break;
            case "old dotnet": machine.Versions["dotnet"] = "9.0.100"; break;
            case "no synthesis": machine.Synthesized = () => null; break;
            case "broken synthesis":
                machine.Synthesized = () =>
                throw CliException.Failed("cdk.out cannot be read."); break;
            case "no credentials": machine.Stranger = new AmazonClientException("No credentials."); break;
            case "laptop": machine.IsLaptop = true; break;
            default: throw new ArgumentException($"Nothing breaks {what}.", nameof(what));
        }
    }
}
