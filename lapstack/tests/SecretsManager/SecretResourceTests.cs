using System.Text.Json.Nodes;
using Lapstack.Template;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.SecretsManager;

/// <summary>Secrets of the template, and what the user's secrets give.</summary>
public sealed class SecretResourceTests
{
    [Fact]
    public async Task Generated_secret_obeys_its_rules_and_is_the_same_after_a_restart()
    {
        await using var stack = await EmulatedStack.StartAsync(Template(20));
        var arn = stack.Host.Resources["Login"];
        var login = await stack.SecretValueAsync("Acme/Login");
        var plain = await stack.SecretValueAsync(stack.Host.Resources["Plain"]);

        var password = (string)JsonNode.Parse(login!)!["password"]!;
        Assert.Equal("acme", (string?)JsonNode.Parse(login!)!["username"]);
        Assert.Matches("^[b-z0-9]{20}$", password);
        Assert.Contains(password, char.IsAsciiDigit);
        Assert.Contains(password, char.IsAsciiLetterLower);
        Assert.Equal(32, plain!.Length);

        await stack.RestartAsync();
        Assert.Equal(arn, stack.Host.Resources["Login"]);
        Assert.Equal(login, await stack.SecretValueAsync("Acme/Login"));
        Assert.Equal(plain, await stack.SecretValueAsync(stack.Host.Resources["Plain"]));
    }

    [Fact]
    public async Task Put_lasts_until_the_template_changes()
    {
        await using var stack = await EmulatedStack.StartAsync(Template(20));
        await stack.PutValueAsync("Acme/Login", "put");
        await stack.RestartAsync();
        Assert.Equal("put", await stack.SecretValueAsync("Acme/Login"));

        EmulatedStack.Write(stack.Folder, Template(24));
        await stack.RestartAsync();

        Assert.Equal(24, ((string)JsonNode.Parse((await stack.SecretValueAsync("Acme/Login"))!)!["password"]!).Length);
    }

    [Fact]
    public async Task Fixed_secret_has_its_value_and_a_name_with_one_dash_as_the_CDK_takes_it_from_the_ARN()
    {
        await using var stack = await EmulatedStack.StartAsync(Template(20));
        var arn = stack.Host.Resources["Fixed"];

        Assert.Matches(":secret:Fixed-[0-9A-F]{12}-[A-Za-z0-9]{6}$", arn);
        Assert.Equal("known", await stack.SecretValueAsync(arn.Split(':')[6][..^7]));
    }

    [Fact]
    public async Task A_secrets_own_policy_lets_a_role_read_it()
    {
        await using var stack = await EmulatedStack.StartAsync("""
            {"Open":{"Type":"AWS::SecretsManager::Secret","Properties":{"Name":"Open","SecretString":"known"}},
             "Shut":{"Type":"AWS::SecretsManager::Secret","Properties":{"Name":"Shut","SecretString":"hidden"}},
             "Reader":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":{"Statement":[]}}},
             "Policy":{"Type":"AWS::SecretsManager::ResourcePolicy","Properties":{"SecretId":{"Ref":"Open"},
               "ResourcePolicy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":{"Fn::GetAtt":["Reader","Arn"]}},
                 "Action":"secretsmanager:GetSecretValue","Resource":"*"}]}}}}
            """);
        var reader = stack.As("Reader");

        Assert.Equal(200, (await stack.SecretsAsync("GetSecretValue", """{"SecretId":"Open"}""", reader)).Status);
        var refused = await stack.SecretsAsync("GetSecretValue", """{"SecretId":"Shut"}""", reader);

        Assert.Equal("AccessDeniedException", ((string)refused.Json["__type"]!).Split('#')[^1]);
    }

    [Fact]
    public async Task User_secret_takes_the_place_of_other_values_at_each_start()
    {
        var own = new Dictionary<string, string> { ["Acme/Login"] = "mine" };
        await using var stack = await EmulatedStack.StartAsync(Template(20), userSecrets: own);
        Assert.Equal("mine", await stack.SecretValueAsync("Acme/Login"));

        await stack.PutValueAsync("Acme/Login", "put");
        Assert.Equal("put", await stack.SecretValueAsync("Acme/Login"));
        await stack.RestartAsync(userSecrets: own);
        Assert.Equal("mine", await stack.SecretValueAsync("Acme/Login"));

        await stack.RestartAsync();
        Assert.Contains("\"username\":\"acme\"", await stack.SecretValueAsync("Acme/Login"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_secret_of_one_key_leaves_the_others_as_they_are()
    {
        var own = new Dictionary<string, string>
        {
            ["Acme/Login:password"] = "mine",
            ["Acme/Queue:user"] = "u",
            ["Acme/Queue:password"] = "p",
            ["Other:key"] = "unused",
        };
        await using var stack = await EmulatedStack.StartAsync(Template(20), userSecrets: own);

        Assert.Equal("""{"username":"acme","password":"mine"}""", await stack.SecretValueAsync("Acme/Login"));
        Assert.Equal("""{"user":"u","password":"p"}""", await stack.SecretValueAsync("Acme/Queue"));
        Assert.Equal(
            400, (await stack.SecretsAsync("GetSecretValue", """{"SecretId":"Other"}""")).Status);

        await stack.RestartAsync(userSecrets: own);
        var versions = await stack.SecretsAsync(
            "ListSecretVersionIds", """{"SecretId":"Acme/Queue","IncludeDeprecated":true}""");
        Assert.Single(versions.Json["Versions"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"SecretString":"v","GenerateSecretString":{}}""", "exclude each other")]
    [InlineData("""{"GenerateSecretString":{"PasswordLength":3}}""", "too short")]
    [InlineData("""{"GenerateSecretString":{"GenerateStringKey":"k"}}""", "together")]
    [InlineData("""{"GenerateSecretString":{"GenerateStringKey":"k","SecretStringTemplate":"x"}}""", "JSON object")]
    [InlineData("""{"GenerateSecretString":{"ExcludeLowercase":true,"ExcludeUppercase":true,"ExcludeNumbers":true,"ExcludePunctuation":true}}""", "excluded")]
    public async Task Secret_that_cannot_be_generated_is_an_error_of_the_template(string properties, string why)
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(() => EmulatedStack.StartAsync(
            $$"""{"S":{"Type":"AWS::SecretsManager::Secret","Properties":{{properties}} } }"""));

        Assert.StartsWith("S (AWS::SecretsManager::Secret): ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_password_has_the_length_that_is_asked_for()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");

        var answer = await stack.SecretsAsync(
            "GetRandomPassword", """{"PasswordLength":12,"ExcludePunctuation":true}""");

        Assert.Matches("^[A-Za-z0-9]{12}$", (string)answer.Json["RandomPassword"]!);
    }

    private static string Template(int length) => $$"""
        {
          "Login": { "Type": "AWS::SecretsManager::Secret", "Properties": { "Name": "Acme/Login", "GenerateSecretString": {
            "SecretStringTemplate": "{\"username\":\"acme\"}", "GenerateStringKey": "password", "PasswordLength": {{length}},
            "ExcludeUppercase": true, "ExcludePunctuation": true, "ExcludeCharacters": "a" } } },
          "Plain": { "Type": "AWS::SecretsManager::Secret", "Properties": { "GenerateSecretString": {} } },
          "Fixed": { "Type": "AWS::SecretsManager::Secret", "Properties": { "SecretString": "known" } },
          "Reader": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": { "Fn::Sub": "arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:Acme/Queue-??????" } } ] } } ] } }
        }
        """;
}
