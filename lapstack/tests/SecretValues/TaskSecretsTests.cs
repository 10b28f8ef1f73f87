using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.SecretValues;

/// <summary>A task's secrets over the wire: a value is put, and read with the execution role's permissions.</summary>
public sealed class TaskSecretsTests
{
    private const string NoEngine = "CannotStartContainerError: there is no no-such-engine on the PATH";

    [Fact]
    public async Task A_parameter_without_a_value_fails_the_start_until_it_is_put()
    {
        await using var stack = await StartAsync(allowed: "ssm:GetParameters");

        var before = await RunAsync(stack);
        await stack.JsonAsync(
            "ssm", "AmazonSSM.PutParameter", """{"Name":"/acme/key","Type":"SecureString","Value":"hush-hush-42"}""");
        var after = await RunAsync(stack);

        Assert.StartsWith("ResourceInitializationError: unable to pull secrets", before, StringComparison.Ordinal);
        Assert.Contains("aws ssm put-parameter --name /acme/key", before, StringComparison.Ordinal);
        // All that a container is given was there: what failed is the engine, which comes last.
        Assert.StartsWith(NoEngine, after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_execution_role_that_may_not_read_it_fails_the_start_without_the_value()
    {
        await using var stack = await StartAsync(allowed: "ssm:DescribeParameters");
        await stack.JsonAsync(
            "ssm", "AmazonSSM.PutParameter", """{"Name":"/acme/key","Type":"String","Value":"hush-hush-42"}""");

        var reason = await RunAsync(stack);

        Assert.Contains("AccessDeniedException", reason, StringComparison.Ordinal);
        Assert.Contains("assumed-role/execution/", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_says_what_has_no_value_and_how_to_set_it()
    {
        await using var stack = await StartAsync(allowed: "ssm:GetParameters");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var said = await stack.Host.Activity.ReadAsync(limit.Token)
            .FirstAsync(entry => (entry.Service, entry.Kind) == ("ECS", "Warning"), limit.Token);

        Assert.StartsWith("count: container worker: KEY has no value. ", said.Message, StringComparison.Ordinal);
        Assert.Contains("aws ssm put-parameter --name /acme/key", said.Message, StringComparison.Ordinal);
    }

    private static Task<EmulatedStack> StartAsync(string allowed) => EmulatedStack.StartAsync(
        $$$$"""
        {"Cluster":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterName":"jobs"}},
         "Providers":{"Type":"AWS::ECS::ClusterCapacityProviderAssociations","Properties":{
           "Cluster":{"Ref":"Cluster"},"CapacityProviders":["FARGATE"],
           "DefaultCapacityProviderStrategy":[{"CapacityProvider":"FARGATE","Weight":1}]}},
         "Execution":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"execution",
           "AssumeRolePolicyDocument":{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
             "Principal":{"Service":"ecs-tasks.amazonaws.com"}}]},
           "Policies":[{"PolicyName":"read","PolicyDocument":{"Statement":[
             {"Effect":"Allow","Action":"{{{{allowed}}}}","Resource":"*"}]}}]}},
         "Count":{"Type":"AWS::ECS::TaskDefinition","Properties":{"Family":"count","Cpu":"256","Memory":"512",
           "NetworkMode":"awsvpc","RequiresCompatibilities":["FARGATE"],
           "ExecutionRoleArn":{"Fn::GetAtt":["Execution","Arn"]},
           "ContainerDefinitions":[{"Name":"worker","Image":"example.com/count:1",
             "Secrets":[{"Name":"KEY","ValueFrom":"/acme/key"}]}]}}}
        """,
        engine: "no-such-engine");

    /// <summary>Runs a task to its end, and says why it stopped.</summary>
    private static async Task<string> RunAsync(EmulatedStack stack)
    {
        var started = await stack.EcsAsync("RunTask", """
            {"cluster":"jobs","taskDefinition":"count",
             "networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}
            """);
        var asked = new JsonObject
        {
            ["cluster"] = "jobs",
            ["tasks"] = new JsonArray(started["tasks"]![0]!["taskArn"]!.DeepClone()),
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var task = (await stack.EcsAsync("DescribeTasks", asked.ToJsonString()))["tasks"]![0]!;
            if ((string?)task["lastStatus"] == "STOPPED") return (string)task["stoppedReason"]!;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
