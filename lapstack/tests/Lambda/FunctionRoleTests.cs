using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Services.Lambda;
using Lapstack.Template;

namespace Lapstack.Tests.Lambda;

/// <summary>A function needs a role that trusts Lambda.</summary>
public sealed class FunctionRoleTests
{
    [Fact]
    public async Task Function_whose_role_does_not_trust_Lambda_is_not_made()
    {
        await using var bench = new LambdaBench { Refused = RoleAssumption.Action };
        var code = bench.Function.CodeFolder;
        var assembly = new CloudAssembly(code, "test", [], [new FileAsset(code, "code.zip")], []);
        var properties = JsonNode.Parse($$"""
            { "Runtime": "provided.al2023", "Handler": "bootstrap", "Role": "{{bench.Function.RoleArn}}", "Code": { "S3Key": "code.zip" } }
            """)!.AsObject();
        var identity = new ResourceIdentity("other", ("Arn", "arn:aws:lambda:us-east-1:000000000000:function:other"));
        var resource = new StackResource("Other", "AWS::Lambda::Function", properties, [], identity);
        var stack = new Stack("test", [resource], new Dictionary<string, string>());

        var refused = await Assert.ThrowsAsync<TemplateException>(
            () => new FunctionType(bench.Store, assembly, bench).CreateAsync(resource, stack, CancellationToken.None));

        Assert.Equal(
            "Other (AWS::Lambda::Function): The role defined for the function cannot be assumed by Lambda. Role: " +
            bench.Function.RoleArn,
            refused.Message);
        Assert.Null(bench.Store.Find("other"));
    }

    [Fact]
    public async Task Lambda_acts_for_a_function_as_a_session_with_the_functions_name()
    {
        await using var bench = new LambdaBench();

        var role = bench.Function.AssumeRole(bench);

        Assert.Equal("arn:aws:sts::000000000000:assumed-role/worker/worker", role.Arn);
    }
}
