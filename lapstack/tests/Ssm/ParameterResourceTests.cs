using Lapstack.Template;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Ssm;

/// <summary>Parameters of the template, and what the user's secrets give.</summary>
public sealed class ParameterResourceTests
{
    private static readonly Dictionary<string, string> Own = new()
    {
        ["/acme/url"] = "http://localhost",
        ["/acme/password"] = "geheim",
        ["plain"] = "geheim",
        ["/other/unused"] = "geheim",
    };

    [Fact]
    public async Task Parameter_of_the_template_is_there_and_a_put_lasts_until_the_template_changes()
    {
        await using var stack = await EmulatedStack.StartAsync(Template("https://example.com"));
        Assert.Equal("/acme/url", stack.Host.Resources["Url"]);
        Assert.Equal("https://example.com", await stack.ParameterValueAsync("/acme/url"));

        await stack.PutAsync("/acme/url", "https://put.example.com");
        await stack.RestartAsync();
        Assert.Equal("https://put.example.com", await stack.ParameterValueAsync("/acme/url"));

        EmulatedStack.Write(stack.Folder, Template("https://new.example.com"));
        await stack.RestartAsync();
        Assert.Equal("https://new.example.com", await stack.ParameterValueAsync("/acme/url"));
    }

    [Fact]
    public async Task User_secret_takes_the_place_of_the_templates_value_and_of_a_put_at_each_start()
    {
        await using var stack = await EmulatedStack.StartAsync(Template("https://example.com"), userSecrets: Own);
        Assert.Equal("http://localhost", await stack.ParameterValueAsync("/acme/url"));

        await stack.PutAsync("/acme/url", "https://put.example.com");
        Assert.Equal("https://put.example.com", await stack.ParameterValueAsync("/acme/url"));
        await stack.RestartAsync(userSecrets: Own);
        Assert.Equal("http://localhost", await stack.ParameterValueAsync("/acme/url"));

        await stack.RestartAsync();
        Assert.Equal("https://example.com", await stack.ParameterValueAsync("/acme/url"));
    }

    [Fact]
    public async Task User_secret_is_a_parameter_that_the_stack_refers_to_and_no_other()
    {
        await using var stack = await EmulatedStack.StartAsync(Template("https://example.com"), userSecrets: Own);

        Assert.Equal("geheim", await stack.ParameterValueAsync("/acme/password"));
        Assert.Equal("geheim", await stack.ParameterValueAsync("plain"));
        Assert.Equal("SecureString", (string?)(await stack.ParameterAsync("/acme/password"))["Type"]);
        Assert.Equal(400, (await stack.SsmAsync("GetParameter", """{"Name":"/other/unused"}""")).Status);
    }

    [Fact]
    public async Task Parameter_of_a_template_that_takes_its_value_from_a_name_has_the_value_that_is_there()
    {
        const string parameters = """
            {
              "Size": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/acme/size" },
              "Zones": { "Type": "AWS::SSM::Parameter::Value<List<String>>", "Default": "/acme/zones" },
              "Sealed": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/acme/sealed" },
              "Image": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/aws/service/image" }
            }
            """;
        const string outputs = """
            {
              "Size": { "Value": { "Ref": "Size" } }, "Zone": { "Value": { "Fn::Select": [1, { "Ref": "Zones" }] } },
              "Sealed": { "Value": { "Ref": "Sealed" } }, "Image": { "Value": { "Ref": "Image" } }
            }
            """;
        var own = new Dictionary<string, string> { ["/acme/zones"] = "a,b" };
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.PutAsync("/acme/size", "large");
        await stack.PutAsync("/acme/sealed", "geheim", "SecureString");
        EmulatedStack.Write(stack.Folder, "{}", outputs, parameters);

        await stack.RestartAsync(userSecrets: own);

        Assert.Equal(
            ("large", "b", "/acme/sealed", "/aws/service/image"),
            (stack.Host.Outputs["Size"], stack.Host.Outputs["Zone"], stack.Host.Outputs["Sealed"],
                stack.Host.Outputs["Image"]));
    }

    [Theory]
    [InlineData("""{"Type":"SecureString","Value":"v"}""", "Type must be String or StringList")]
    [InlineData("""{"Type":"String"}""", "Value is missing")]
    [InlineData("""{"Type":"String","Value":"v","Name":"a/b"}""", "fully qualified")]
    public async Task Parameter_that_CloudFormation_does_not_make_is_an_error_of_the_template(
        string properties, string why)
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(() => EmulatedStack.StartAsync(
            $$"""{"P":{"Type":"AWS::SSM::Parameter","Properties":{{properties}} } }"""));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private static string Template(string url) => $$"""
        {
          "Url": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "/acme/url", "Type": "String", "Value": "{{url}}" } },
          "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Family": "t", "RequiresCompatibilities": ["FARGATE"],
            "NetworkMode": "awsvpc", "Cpu": "256", "Memory": "512", "ContainerDefinitions": [ { "Name": "c", "Image": "i", "Secrets": [ { "Name": "PASSWORD", "ValueFrom": "plain" } ] } ] } },
          "Reader": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "ssm:GetParameter",
              "Resource": { "Fn::Sub": "arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/acme/*" } },
              { "Effect": "Allow", "Action": "ssm:DescribeParameters", "Resource": "*" } ] } } ] } }
        }
        """;
}
