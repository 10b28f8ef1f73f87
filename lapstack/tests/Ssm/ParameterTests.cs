using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Ssm;

/// <summary>Parameters that calls put, read and delete.</summary>
public sealed class ParameterTests
{
    private const string Arn = "arn:aws:ssm:us-east-1:000000000000:parameter";

    [Theory]
    [InlineData("/acme/password")]
    [InlineData("password")]
    [InlineData("/acme/password:1", ":1")]
    [InlineData($"{Arn}/acme/password")]
    [InlineData($"{Arn}/password")]
    [InlineData($"{Arn}/acme/password:1", ":1")]
    public async Task Parameter_is_read_by_name_and_ARN_and_version(string name, string? selector = null)
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.PutAsync("/acme/password", "geheim");
        await stack.PutAsync("password", "geheim");

        var parameter = await stack.ParameterAsync(name);

        Assert.Equal(
            ("String", "geheim", 1, "text"),
            ((string?)parameter["Type"], (string?)parameter["Value"], (int?)parameter["Version"],
                (string?)parameter["DataType"]));
        Assert.EndsWith("password", (string?)parameter["ARN"], StringComparison.Ordinal);
        Assert.Equal(selector, (string?)parameter["Selector"]);
    }

    [Fact]
    public async Task Secure_string_is_answered_closed_unless_it_is_decrypted()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.PutAsync("/a/secret", "geheim", "SecureString");

        var one = (await stack.SsmAsync("GetParameter", """{"Name":"/a/secret"}""")).Body;
        var many = (await stack.SsmAsync("GetParameters", """{"Names":["/a/secret"]}""")).Body;
        var path = (await stack.SsmAsync("GetParametersByPath", """{"Path":"/a"}""")).Body;
        var history = (await stack.SsmAsync("GetParameterHistory", """{"Name":"/a/secret"}""")).Body;
        var described = (await stack.SsmAsync("DescribeParameters", "{}")).Body;

        string[] answers = [one, many, path, history, described];
        Assert.All(answers, body => Assert.DoesNotContain("geheim", body, StringComparison.Ordinal));
        Assert.All(answers[..4], body => Assert.Contains("\"AQICAH", body, StringComparison.Ordinal));
        Assert.Equal("geheim", await stack.ParameterValueAsync("/a/secret"));
        Assert.Contains("\"KeyId\":\"alias/aws/ssm\"", described, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_grow_and_the_newest_hundred_are_kept_through_a_restart()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        for (var i = 1; i <= 102; i++) await stack.PutAsync("n", $"v{i}");
        await stack.RestartAsync();

        var first = await stack.SsmAsync("GetParameterHistory", """{"Name":"n"}""");
        var rest = await stack.SsmAsync(
            "GetParameterHistory", $$"""{"Name":"n","NextToken":"{{first.Json["NextToken"]}}"}""");

        Assert.Equal(3, (int?)first.Json["Parameters"]![0]!["Version"]);
        Assert.Equal(102, (int?)rest.Json["Parameters"]![49]!["Version"]);
        Assert.Equal("v102", await stack.ParameterValueAsync("n"));
        Assert.Equal("v3", await stack.ParameterValueAsync("n:3"));
        Assert.Equal(
            "ParameterVersionNotFound", Code(await stack.SsmAsync("GetParameter", """{"Name":"n:2"}""")));
    }

    [Fact]
    public async Task Path_is_read_level_by_level_and_page_by_page()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        foreach (var name in (string[])["/a/1", "/a/2", "/a/b/3", "/ab/4"]) await stack.PutAsync(name, "v");

        var level = await stack.SsmAsync("GetParametersByPath", """{"Path":"/a/"}""");
        var page = await stack.SsmAsync(
            "GetParametersByPath", """{"Path":"/a","Recursive":true,"MaxResults":2}""");
        var next = await stack.SsmAsync(
            "GetParametersByPath",
            $$"""{"Path":"/a","Recursive":true,"MaxResults":2,"NextToken":"{{page.Json["NextToken"]}}"}""");

        Assert.Equal(["/a/1", "/a/2"], Names(level));
        Assert.Equal(["/a/1", "/a/2"], Names(page));
        Assert.Equal(["/a/b/3"], Names(next));
        Assert.Null(next.Json["NextToken"]);
    }

    [Theory]
    [InlineData("""{"Key":"Name","Option":"BeginsWith","Values":["/a"]}""", "/a/1", "/a/b/2")]
    [InlineData("""{"Key":"Name","Values":["c"]}""", "c")]
    [InlineData("""{"Key":"Path","Values":["/a"]}""", "/a/1")]
    [InlineData("""{"Key":"Path","Option":"Recursive","Values":["/"]}""", "/a/1", "/a/b/2", "c")]
    [InlineData("""{"Key":"Type","Values":["SecureString"]}""", "c")]
    public async Task Parameters_are_described_by_filter(string filter, params string[] names)
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.PutAsync("/a/1", "v");
        await stack.PutAsync("/a/b/2", "v");
        await stack.PutAsync("c", "v", "SecureString");

        var answer = await stack.SsmAsync("DescribeParameters", $$"""{"ParameterFilters":[{{filter}}]}""");

        Assert.Equal(names, Names(answer));
    }

    [Fact]
    public async Task Deleted_parameters_are_gone_and_the_others_named()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        foreach (var name in (string[])["a", "b"]) await stack.PutAsync(name, "v");

        var many = await stack.SsmAsync("DeleteParameters", """{"Names":["a","x"]}""");
        var one = await stack.SsmAsync("DeleteParameter", """{"Name":"b"}""");
        var read = await stack.SsmAsync("GetParameters", """{"Names":["a","b"]}""");

        Assert.Equal("""{"DeletedParameters":["a"],"InvalidParameters":["x"]}""", many.Body);
        Assert.Equal((200, "{}"), (one.Status, one.Body));
        Assert.Equal("""{"Parameters":[],"InvalidParameters":["a","b"]}""", read.Body);
        Assert.Equal("ParameterNotFound", Code(await stack.SsmAsync("DeleteParameter", """{"Name":"b"}""")));
    }

    [Theory]
    [InlineData("PutParameter", """{"Name":"known","Value":"v","Type":"String"}""", "ParameterAlreadyExists")]
    [InlineData("PutParameter", """{"Name":"new","Value":"v"}""", "ValidationException")]
    [InlineData("PutParameter", """{"Name":"new","Value":"","Type":"String"}""", "ValidationException")]
    [InlineData("PutParameter", """{"Name":"new","Value":"v","Type":"Text"}""", "ValidationException")]
    [InlineData("PutParameter", """{"Name":"a/b","Value":"v","Type":"String"}""", "ValidationException")]
    [InlineData("PutParameter", """{"Name":"/ssm/b","Value":"v","Type":"String"}""", "ValidationException")]
    [InlineData("PutParameter", """{"Name":"/aws/b","Value":"v","Type":"String"}""", "AccessDeniedException")]
    [InlineData("PutParameter", """{"Name":"n","Value":"v","Type":"String","AllowedPattern":"^\\d$"}""",
        "ParameterPatternMismatchException")]
    [InlineData("PutParameter", """{"Name":"n","Value":"v","Type":"String","AllowedPattern":"["}""",
        "InvalidAllowedPatternException")]
    [InlineData("PutParameter", """{"Name":"n","Value":"v","Type":"String","Tags":[]}""", "NotImplemented")]
    [InlineData("GetParameter", """{"Name":"other"}""", "ParameterNotFound")]
    [InlineData("GetParameter", """{"Name":"arn:aws:ssm:eu-west-1:000000000000:parameter/known"}""",
        "ParameterNotFound")]
    [InlineData("GetParameter", """{"Name":"known:label"}""", "NotImplemented")]
    [InlineData("GetParameters", """{"Names":[]}""", "ValidationException")]
    [InlineData("GetParametersByPath", """{"Path":"known"}""", "ValidationException")]
    [InlineData("GetParametersByPath", """{"Path":"/","NextToken":"x"}""", "InvalidNextToken")]
    [InlineData("DescribeParameters", """{"ParameterFilters":[{"Key":"Tier","Values":[]}]}""", "NotImplemented")]
    [InlineData("LabelParameterVersion", "{}", "NotImplemented")]
    public async Task Bad_call_is_refused_as_AWS_does(string operation, string input, string code)
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.PutAsync("known", "v");

        var answer = await stack.SsmAsync(operation, input);

        Assert.Equal((code == "NotImplemented" ? 501 : 400, code), (answer.Status, Code(answer)));
    }

    [Fact]
    public async Task Large_value_needs_the_advanced_tier()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        var value = new string('v', 4097);

        var standard = await stack.SsmAsync(
            "PutParameter", $$"""{"Name":"n","Value":"{{value}}","Type":"String"}""");
        var intelligent = await stack.SsmAsync(
            "PutParameter", $$"""{"Name":"n","Value":"{{value}}","Type":"String","Tier":"Intelligent-Tiering"}""");

        Assert.Equal("ValidationException", Code(standard));
        Assert.Equal("""{"Version":1,"Tier":"Advanced"}""", intelligent.Body);
    }

    [Theory]
    [InlineData("GetParameter", """{"Name":"/app/a"}""", 200)]
    [InlineData("GetParameter", """{"Name":"/other"}""", 400)]
    [InlineData("GetParameters", """{"Names":["/app/a","/other"]}""", 400)]
    [InlineData("GetParametersByPath", """{"Path":"/app","Recursive":false}""", 200)]
    [InlineData("GetParametersByPath", """{"Path":"/app","Recursive":true}""", 400)]
    [InlineData("PutParameter", """{"Name":"/app/a","Value":"v","Overwrite":true}""", 400)]
    [InlineData("DescribeParameters", "{}", 400)]
    public async Task Role_reads_what_it_was_granted(string operation, string input, int status)
    {
        await using var stack = await EmulatedStack.StartAsync(Reader);
        await stack.PutAsync("/app/a", "v");
        await stack.PutAsync("/other", "v");

        var answer = await stack.SsmAsync(operation, input, stack.As("Reader"));

        Assert.Equal(status, answer.Status);
        if (status != 200) Assert.Equal("AccessDeniedException", Code(answer));
    }

    private static string? Code(SignedCall.Answer answer) => (string?)answer.Json["__type"];

    private static IEnumerable<string?> Names(SignedCall.Answer answer) =>
        answer.Json["Parameters"]!.AsArray().Select(one => (string?)one!["Name"]);

    private const string Reader = $$"""
        {
          "Reader": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "reader", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Action": ["ssm:GetParameter", "ssm:GetParameters"], "Resource": "{{Arn}}/app/*" },
              { "Effect": "Allow", "Action": "ssm:GetParametersByPath", "Resource": "{{Arn}}/app",
                "Condition": { "StringEquals": { "ssm:Recursive": "false" } } } ] } } ] } }
        }
        """;
}
