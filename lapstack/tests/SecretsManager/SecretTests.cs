using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.SecretsManager;

/// <summary>Secrets that calls make, read and delete.</summary>
public sealed class SecretTests
{
    private const string Arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret";

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Secret_is_read_by_name_and_by_its_ARN_whole_or_not_and_after_a_restart()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        var (arn, version) = await stack.CreateAsync("Acme/Database", "geheim");

        Assert.Matches($"^{Arn}:Acme/Database-[A-Za-z0-9]{{6}}$", arn);
        foreach (var id in (string[])["Acme/Database", arn, arn[..^7]])
            Assert.Equal("geheim", await stack.SecretValueAsync(id));
        await stack.RestartAsync();

        var value = (await stack.SecretsAsync("GetSecretValue", $$"""{"SecretId":"{{arn}}"}""")).Json;
        Assert.Equal(
            ("Acme/Database", arn, version, "geheim", "[\"AWSCURRENT\"]"),
            ((string?)value["Name"], (string?)value["ARN"], (string?)value["VersionId"],
                (string?)value["SecretString"], value["VersionStages"]!.ToJsonString()));
    }

    [Fact]
    public async Task Binary_value_comes_back_as_bytes()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.SecretsAsync("CreateSecret", """{"Name":"n","SecretBinary":"AAEC"}""");

        var value = (await stack.SecretsAsync("GetSecretValue", """{"SecretId":"n"}""")).Json;

        Assert.Equal(("AAEC", null), ((string?)value["SecretBinary"], value["SecretString"]));
    }

    [Fact]
    public async Task New_value_is_current_and_the_one_before_it_previous()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        var (_, first) = await stack.CreateAsync("n", "one");
        await stack.PutValueAsync("n", "two");
        var third = await stack.PutValueAsync("n", "three");

        Assert.Equal("three", await stack.SecretValueAsync("n"));
        Assert.Equal("two", await stack.SecretValueAsync("n", ",\"VersionStage\":\"AWSPREVIOUS\""));
        Assert.Equal("one", await stack.SecretValueAsync("n", $",\"VersionId\":\"{first}\""));
        Assert.Equal(
            "three", await stack.SecretValueAsync("n", $",\"VersionId\":\"{third}\",\"VersionStage\":\"AWSCURRENT\""));
        var listed = await VersionsAsync(stack, "");
        Assert.Equal(2, listed.Count);
        Assert.Equal(3, (await VersionsAsync(stack, ",\"IncludeDeprecated\":true")).Count);
    }

    [Fact]
    public async Task Pending_value_becomes_current_when_its_label_moves()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        var (_, first) = await stack.CreateAsync("n", "one");
        var second = await stack.PutValueAsync("n", "two", "AWSPENDING");
        Assert.Equal("one", await stack.SecretValueAsync("n"));

        var unnamed = await MoveAsync(stack, $",\"MoveToVersionId\":\"{second}\"");
        var moved = await MoveAsync(
            stack, $",\"MoveToVersionId\":\"{second}\",\"RemoveFromVersionId\":\"{first}\"");

        Assert.Equal("InvalidParameterException", unnamed.Code());
        Assert.Contains(first, (string?)unnamed.Json["message"], StringComparison.Ordinal);
        Assert.Equal(200, moved.Status);
        var stages = (await stack.SecretsAsync("DescribeSecret", """{"SecretId":"n"}"""))
            .Json["VersionIdsToStages"]!;
        Assert.Equal("""["AWSPENDING","AWSCURRENT"]""", stages[second]!.ToJsonString());
        Assert.Equal("""["AWSPREVIOUS"]""", stages[first]!.ToJsonString());
        Assert.Equal("InvalidParameterException", (await MoveAsync(
            stack, $",\"RemoveFromVersionId\":\"{second}\"")).Code());
    }

    [Fact]
    public async Task Token_makes_a_put_repeatable_with_the_same_value_only()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.CreateAsync("n", "one");
        const string input = "{\"SecretId\":\"n\",\"ClientRequestToken\":\"12345678901234567890123456789012\",";

        var put = await stack.SecretsAsync("PutSecretValue", input + "\"SecretString\":\"two\"}");
        var again = await stack.SecretsAsync("PutSecretValue", input + "\"SecretString\":\"two\"}");
        var other = await stack.SecretsAsync("PutSecretValue", input + "\"SecretString\":\"three\"}");

        Assert.Equal((200, put.Body), (again.Status, again.Body));
        Assert.Equal("ResourceExistsException", other.Code());
    }

    [Fact]
    public async Task Deleted_secret_can_be_restored_until_its_window_ends()
    {
        await using var stack = await EmulatedStack.StartAsync("{}", _clock);
        await stack.CreateAsync("n", "one");

        var deleted = await stack.SecretsAsync("DeleteSecret", """{"SecretId":"n","RecoveryWindowInDays":7}""");
        Assert.Equal(
            _clock.GetUtcNow().AddDays(7).ToUnixTimeSeconds(), (double?)deleted.Json["DeletionDate"]);
        Assert.Equal(
            "InvalidRequestException",
            (await stack.SecretsAsync("GetSecretValue", """{"SecretId":"n"}""")).Code());
        Assert.Equal(
            "InvalidRequestException",
            (await stack.SecretsAsync("CreateSecret", """{"Name":"n","SecretString":"x"}""")).Code());
        Assert.Equal("[]", (await ListAsync(stack, "{}")).ToJsonString());
        Assert.Single(await ListAsync(stack, """{"IncludePlannedDeletion":true}"""));

        await stack.SecretsAsync("RestoreSecret", """{"SecretId":"n"}""");
        Assert.Equal("one", await stack.SecretValueAsync("n"));

        await stack.SecretsAsync("DeleteSecret", """{"SecretId":"n"}""");
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(
            "ResourceNotFoundException",
            (await stack.SecretsAsync("RestoreSecret", """{"SecretId":"n"}""")).Code());
        await stack.CreateAsync("n", "new");
    }

    [Fact]
    public async Task Forced_deletion_is_at_once_and_a_new_secret_has_another_ARN()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        var (arn, _) = await stack.CreateAsync("n", "one");

        var deleted = await stack.SecretsAsync(
            "DeleteSecret", """{"SecretId":"n","ForceDeleteWithoutRecovery":true}""");
        await stack.RestartAsync();

        Assert.Equal(arn, (string?)deleted.Json["ARN"]);
        Assert.Equal(
            "Secrets Manager can't find the specified secret.",
            (string?)(await stack.SecretsAsync("GetSecretValue", """{"SecretId":"n"}""")).Json["message"]);
        Assert.NotEqual(arn, (await stack.CreateAsync("n", "two")).Arn);
    }

    [Fact]
    public async Task Update_changes_what_it_names()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.CreateAsync("n", "one");

        var described = await stack.SecretsAsync("UpdateSecret", """{"SecretId":"n","Description":"d"}""");
        var valued = await stack.SecretsAsync("UpdateSecret", """{"SecretId":"n","SecretString":"two"}""");

        Assert.Null(described.Json["VersionId"]);
        Assert.NotNull(valued.Json["VersionId"]);
        Assert.Equal("two", await stack.SecretValueAsync("n"));
        var listed = Assert.Single(await ListAsync(stack, """{"Filters":[{"Key":"name","Values":["n"]}]}"""));
        Assert.Equal("d", (string?)listed!["Description"]);
        Assert.Empty(await ListAsync(stack, """{"Filters":[{"Key":"name","Values":["!n"]}]}"""));
    }

    [Theory]
    [InlineData("CreateSecret", """{"Name":"known","SecretString":"v"}""", "ResourceExistsException")]
    [InlineData("CreateSecret", """{"Name":"a b","SecretString":"v"}""", "ValidationException")]
    [InlineData("CreateSecret", """{"Name":"n","SecretString":""}""", "ValidationException")]
    [InlineData("CreateSecret", """{"Name":"n","SecretString":"v","SecretBinary":"AA=="}""",
        "InvalidParameterException")]
    [InlineData("CreateSecret", """{"Name":"n","SecretString":"v","AddReplicaRegions":[{}]}""", "NotImplemented")]
    [InlineData("PutSecretValue", """{"SecretId":"known"}""", "InvalidRequestException")]
    [InlineData("PutSecretValue", """{"SecretId":"other","SecretString":"v"}""", "ResourceNotFoundException")]
    [InlineData("PutSecretValue", """{"SecretId":"known","SecretString":"v","ClientRequestToken":"short"}""",
        "InvalidParameterException")]
    [InlineData("GetSecretValue", """{"SecretId":"other"}""", "ResourceNotFoundException")]
    [InlineData("GetSecretValue", """{"SecretId":"known","VersionStage":"AWSPENDING"}""",
        "ResourceNotFoundException")]
    [InlineData("GetSecretValue", """{"SecretId":"known","VersionId":"none"}""", "ResourceNotFoundException")]
    [InlineData("DeleteSecret", """{"SecretId":"known","RecoveryWindowInDays":6}""", "InvalidParameterException")]
    [InlineData("DeleteSecret",
        """{"SecretId":"known","RecoveryWindowInDays":7,"ForceDeleteWithoutRecovery":true}""",
        "InvalidParameterException")]
    [InlineData("ListSecrets", """{"Filters":[{"Key":"all","Values":["n"]}]}""", "NotImplemented")]
    [InlineData("ListSecrets", """{"NextToken":"x"}""", "InvalidNextTokenException")]
    [InlineData("RotateSecret", """{"SecretId":"known"}""", "NotImplemented")]
    public async Task Bad_call_is_refused_as_AWS_does(string operation, string input, string code)
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.CreateAsync("known", "v");

        var answer = await stack.SecretsAsync(operation, input);

        Assert.Equal((code == "NotImplemented" ? 501 : 400, code), (answer.Status, answer.Code()));
    }

    [Theory]
    [InlineData("GetSecretValue", """{"SecretId":"app"}""", 200)]
    [InlineData("GetSecretValue", """{"SecretId":"app","VersionStage":"AWSCURRENT"}""", 200)]
    [InlineData("GetSecretValue", """{"SecretId":"app","VersionStage":"AWSPREVIOUS"}""", 400)]
    [InlineData("GetSecretValue", """{"SecretId":"other"}""", 400)]
    [InlineData("DescribeSecret", """{"SecretId":"app"}""", 400)]
    [InlineData("ListSecrets", "{}", 400)]
    public async Task Role_reads_what_it_was_granted(string operation, string input, int status)
    {
        await using var stack = await EmulatedStack.StartAsync(Reader);
        await stack.CreateAsync("app", "one");
        await stack.PutValueAsync("app", "two");
        await stack.CreateAsync("other", "v");

        var answer = await stack.SecretsAsync(operation, input, stack.As("Reader"));

        Assert.Equal(status, answer.Status);
        if (status != 200) Assert.Equal("AccessDeniedException", answer.Code());
    }

    private static Task<SignedCall.Answer> MoveAsync(EmulatedStack stack, string more) => stack.SecretsAsync(
        "UpdateSecretVersionStage", $$"""{"SecretId":"n","VersionStage":"AWSCURRENT"{{more}}}""");

    private static async Task<JsonArray> VersionsAsync(EmulatedStack stack, string more) =>
        (await stack.SecretsAsync("ListSecretVersionIds", $$"""{"SecretId":"n"{{more}}}"""))
            .Json["Versions"]!.AsArray();

    private static async Task<JsonArray> ListAsync(EmulatedStack stack, string input) =>
        (await stack.SecretsAsync("ListSecrets", input)).Json["SecretList"]!.AsArray();

    private const string Reader = $$"""
        {
          "Reader": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "reader", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "{{Arn}}:app-??????",
                "Condition": { "ForAnyValue:StringEquals": { "secretsmanager:VersionStage": ["AWSCURRENT"] } } } ] } } ] } }
        }
        """;
}
