using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Sts;

public sealed class CallerIdentityTests
{
    private const string Role = """
        {"JobRole":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"job-role","AssumeRolePolicyDocument":{}}}}
        """;

    [Fact]
    public async Task GetCallerIdentity_any_key_is_the_accounts_owner()
    {
        await using var stack = await EmulatedStack.StartAsync(Role);
        using var sts = Client(stack, EmulatedStack.Owner);

        var identity = await sts.GetCallerIdentityAsync(new());

        Assert.Equal("arn:aws:iam::000000000000:root", identity.Arn);
        Assert.Equal("000000000000", identity.Account);
    }

    [Fact]
    public async Task GetCallerIdentity_issued_key_is_the_roles_session()
    {
        await using var stack = await EmulatedStack.StartAsync(Role);
        using var sts = Client(stack, stack.As("JobRole", "task-1"));

        var identity = await sts.GetCallerIdentityAsync(new());

        Assert.Equal("arn:aws:sts::000000000000:assumed-role/job-role/task-1", identity.Arn);
        Assert.Matches("^AROA[A-Z2-7]{17}:task-1$", identity.UserId);
    }

    [Fact]
    public async Task Issued_key_with_another_secret_is_refused()
    {
        await using var stack = await EmulatedStack.StartAsync(Role);
        var issued = stack.As("JobRole").GetCredentials();
        using var sts = Client(stack, new SessionAWSCredentials(issued.AccessKey, "guessed", issued.Token));

        var refused = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(
            () => sts.GetCallerIdentityAsync(new()));

        Assert.Equal("SignatureDoesNotMatch", refused.ErrorCode);
        Assert.Equal(403, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Issued_key_of_an_earlier_run_is_refused_and_not_taken_for_the_owner()
    {
        await using var stack = await EmulatedStack.StartAsync(Role);
        var old = stack.As("JobRole");
        await stack.RestartAsync();
        using var sts = Client(stack, old);

        var refused = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(
            () => sts.GetCallerIdentityAsync(new()));

        Assert.Equal("InvalidClientTokenId", refused.ErrorCode);
    }

    [Fact]
    public async Task Issued_key_after_its_expiry_is_refused()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(Role, clock);
        using var sts = Client(stack, stack.As("JobRole"));
        clock.Advance(TimeSpan.FromMinutes(61));

        var refused = await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(
            () => sts.GetCallerIdentityAsync(new()));

        Assert.Equal("ExpiredToken", refused.ErrorCode);
    }

    [Fact]
    public async Task Unknown_operation_is_an_error_that_names_it()
    {
        await using var stack = await EmulatedStack.StartAsync(Role);
        using var sts = Client(stack, EmulatedStack.Owner);

        var refused = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(
            () => sts.GetFederationTokenAsync(new("someone")));

        Assert.Equal(501, (int)refused.StatusCode);
        Assert.Contains("GetFederationToken", refused.Message, StringComparison.Ordinal);
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
