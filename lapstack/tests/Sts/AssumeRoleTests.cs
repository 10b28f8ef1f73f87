using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Sts;

public sealed class AssumeRoleTests
{
    private const string Arn = "arn:aws:iam::000000000000:role/";

    /// <summary>
    /// A role that trusts the account, one that trusts Lambda, and two of which one may assume both.
    /// </summary>
    private const string Roles = """
        {
          "Open": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "open", "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "AWS": { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } }, "Action": "sts:AssumeRole",
              "Condition": { "StringEqualsIfExists": { "sts:ExternalId": "secret-word" } } } ] } } },
          "Lambdas": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "lambdas", "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" } ] } } },
          "Mighty": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "mighty", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" } ] } } ] } },
          "Powerless": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "powerless", "AssumeRolePolicyDocument": {} } }
        }
        """;

    [Theory]
    [InlineData(null, "open", true)]
    [InlineData(null, "lambdas", false)]
    [InlineData("Mighty", "open", true)]
    [InlineData("Mighty", "lambdas", false)]
    [InlineData("Mighty", "absent", false)]
    [InlineData("Powerless", "open", false)]
    public async Task Role_is_assumed_by_whom_it_trusts(string? caller, string role, bool may)
    {
        await using var stack = await EmulatedStack.StartAsync(Roles);
        using var sts = Client(stack, caller is null ? EmulatedStack.Owner : stack.As(caller));
        var request = new AssumeRoleRequest { RoleArn = Arn + role, RoleSessionName = "drill" };

        if (!may)
        {
            var denied = await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(
                () => sts.AssumeRoleAsync(request));
            Assert.Equal((403, "AccessDenied"), ((int)denied.StatusCode, denied.ErrorCode));
            Assert.Contains(
                $"is not authorized to perform: sts:AssumeRole on resource: {Arn}{role}",
                denied.Message,
                StringComparison.Ordinal);
            return;
        }

        var assumed = await sts.AssumeRoleAsync(request);
        using var asRole = Client(stack, assumed.Credentials);
        var identity = await asRole.GetCallerIdentityAsync(new());
        Assert.Equal($"arn:aws:sts::000000000000:assumed-role/{role}/drill", identity.Arn);
        var user = assumed.AssumedRoleUser;
        Assert.Equal((identity.Arn, identity.UserId), (user.Arn, user.AssumedRoleId));
    }

    [Fact]
    public async Task Condition_of_the_trust_policy_is_asked()
    {
        await using var stack = await EmulatedStack.StartAsync(Roles);
        using var sts = Client(stack, EmulatedStack.Owner);

        await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(() => sts.AssumeRoleAsync(
            new() { RoleArn = Arn + "open", RoleSessionName = "drill", ExternalId = "guessed" }));
        Assert.NotNull(await sts.AssumeRoleAsync(
            new() { RoleArn = Arn + "open", RoleSessionName = "drill", ExternalId = "secret-word" }));
    }

    [Theory]
    [InlineData("x", 3600, "RoleSessionName")]
    [InlineData("drill", 899, "DurationSeconds")]
    [InlineData("drill", 3601, "DurationSeconds")]
    public async Task What_sts_would_refuse_is_refused(string session, int seconds, string named)
    {
        await using var stack = await EmulatedStack.StartAsync(Roles);
        using var sts = Client(stack, EmulatedStack.Owner);

        var refused = await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(() => sts.AssumeRoleAsync(
            new() { RoleArn = Arn + "open", RoleSessionName = session, DurationSeconds = seconds }));

        Assert.Equal("ValidationError", refused.ErrorCode);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private static AmazonSecurityTokenServiceClient Client(EmulatedStack stack, AWSCredentials credentials) =>
        new(
            credentials,
            new AmazonSecurityTokenServiceConfig
            {
                ServiceURL = stack.Url,
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            });
}
