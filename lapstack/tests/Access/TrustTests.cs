using Lapstack.Access;

namespace Lapstack.Tests.Access;

/// <summary>Who may act as a role: what its trust policy says, and nothing else.</summary>
public sealed class TrustTests
{
    private const string RoleArn = "arn:aws:iam::000000000000:role/trusting";
    private const string Source = "arn:aws:scheduler:us-east-1:000000000000:schedule-group/jobs";

    [Theory]
    [InlineData("""{ "Service": "lambda.amazonaws.com" }""", "{}", "lambda.amazonaws.com", true)]
    [InlineData("""{ "Service": "lambda.amazonaws.com" }""", "{}", "ecs-tasks.amazonaws.com", false)]
    [InlineData("""{ "Service": ["events.amazonaws.com", "scheduler.amazonaws.com"] }""", "{}", "scheduler.amazonaws.com", true)]
    [InlineData("""{ "AWS": "arn:aws:iam::000000000000:root" }""", "{}", "events.amazonaws.com", false)]
    [InlineData("""{ "Service": "scheduler.amazonaws.com" }""",
        """{ "StringEquals": { "aws:SourceAccount": "000000000000" } }""", "scheduler.amazonaws.com", true)]
    [InlineData("""{ "Service": "scheduler.amazonaws.com" }""",
        """{ "StringEquals": { "aws:SourceAccount": "111122223333" } }""", "scheduler.amazonaws.com", false)]
    [InlineData("""{ "Service": "scheduler.amazonaws.com" }""",
        """{ "ArnEquals": { "aws:SourceArn": "arn:aws:scheduler:us-east-1:000000000000:schedule-group/jobs" } }""", "scheduler.amazonaws.com", true)]
    [InlineData("""{ "Service": "scheduler.amazonaws.com" }""",
        """{ "ArnEquals": { "aws:SourceArn": "arn:aws:scheduler:us-east-1:000000000000:schedule-group/other" } }""", "scheduler.amazonaws.com", false)]
    public void Service_assumes_a_role_that_trusts_it(string principal, string condition, string service, bool may)
    {
        var bench = new AccessBench(Trusting(principal, condition));

        var session = bench.Authorizer.Assume(service, RoleArn, "session-1", Source);

        Assert.Equal(may ? "arn:aws:sts::000000000000:assumed-role/trusting/session-1" : null, session?.Arn);
    }

    [Fact]
    public void Role_that_is_not_in_the_stack_is_assumed_by_no_service() =>
        Assert.Null(new AccessBench().Authorizer.Assume("lambda.amazonaws.com", RoleArn, "s", Source));

    [Fact]
    public void Refusal_says_no_more_than_sts_does_and_who_watches_is_told_the_statement()
    {
        var bench = new AccessBench(Trusting("""{ "Service": "lambda.amazonaws.com" }""", "{}"));

        Assert.Equal(
            $"User: events.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: {RoleArn}",
            bench.Ask("events.amazonaws.com", "sts:AssumeRole", RoleArn));
        Assert.EndsWith(
            $$$"""
            Add to the trust policy of {{{RoleArn}}}: {"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"events.amazonaws.com"}} In CDK: new RoleProps { AssumedBy = new ServicePrincipal("events.amazonaws.com") } (the role is App/Trusting)
            """,
            Assert.Single(bench.Reports),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Permission_to_assume_is_worth_nothing_where_the_role_does_not_trust_the_caller()
    {
        var bench = new AccessBench(
            Trusting("""{ "Service": "lambda.amazonaws.com" }""", "{}", """
                , "May": { "Type": "AWS::IAM::Policy", "Properties": { "PolicyName": "may", "Roles": [ "worker" ], "PolicyDocument": {
                  "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" } ] } } }
                """));

        Assert.NotNull(bench.Ask("worker", "sts:AssumeRole", RoleArn));
    }

    [Fact]
    public void Trust_is_no_permission_to_pass_the_role()
    {
        var bench = new AccessBench(Trusting("""{ "AWS": "arn:aws:iam::000000000000:role/worker" }""", "{}"));

        Assert.Null(bench.Ask("worker", "sts:AssumeRole", RoleArn));
        Assert.NotNull(bench.Ask("worker", "iam:PassRole", RoleArn));
    }

    private static string Trusting(string principal, string condition, string more = "") => $$"""
        { "Trusting": { "Type": "AWS::IAM::Role", "Metadata": { "aws:cdk:path": "App/Trusting/Resource" }, "Properties": { "RoleName": "trusting",
          "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": {{principal}},
            "Action": "sts:AssumeRole", "Condition": {{condition}} } ] } } } {{more}} }
        """;
}
