using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Lapstack.Tests.Stacks;
using Task = System.Threading.Tasks.Task;

namespace Lapstack.Tests.Ecs;

/// <summary>ECS as its client sees it: over the wire, signed, and with the rights the template gives.</summary>
public sealed class EcsClientTests
{
    private const string Resources = """
        {"Cluster":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterName":"jobs"}},
         "Providers":{"Type":"AWS::ECS::ClusterCapacityProviderAssociations","Properties":{
           "Cluster":{"Ref":"Cluster"},"CapacityProviders":["FARGATE","FARGATE_SPOT"],"DefaultCapacityProviderStrategy":[{"CapacityProvider":"FARGATE","Weight":1}]}},
         "TaskRole":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"task","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[
           {"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole",
            "Condition":{"ArnLike":{"aws:SourceArn":{"Fn::Sub":"arn:aws:ecs:${AWS::Region}:${AWS::AccountId}:*"}},"StringEquals":{"aws:SourceAccount":{"Ref":"AWS::AccountId"}}}}]}}},
         "Other":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"other","AssumeRolePolicyDocument":{"Statement":[]}}},
         "Launcher":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"launcher","AssumeRolePolicyDocument":{"Statement":[]},"Policies":[{"PolicyName":"launch",
           "PolicyDocument":{"Statement":[
             {"Effect":"Allow","Action":"ecs:RunTask","Resource":{"Fn::Sub":"arn:aws:ecs:${AWS::Region}:${AWS::AccountId}:task-definition/line-count:*"},
              "Condition":{"ArnEquals":{"ecs:cluster":{"Fn::GetAtt":["Cluster","Arn"]}}}},
             {"Effect":"Allow","Action":"iam:PassRole","Resource":{"Fn::GetAtt":["TaskRole","Arn"]},
              "Condition":{"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}}]}}]}},
         "Creator":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"creator","AssumeRolePolicyDocument":{},"Policies":[{"PolicyName":"create",
           "PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"ecs:CreateService","Resource":"*"}]}}]}},
         "Count":{"Type":"AWS::ECS::TaskDefinition","Properties":{"Family":"line-count","Cpu":"256","Memory":"512","NetworkMode":"awsvpc",
           "RequiresCompatibilities":["FARGATE"],"TaskRoleArn":{"Fn::GetAtt":["TaskRole","Arn"]},
           "ContainerDefinitions":[{"Name":"worker","Image":"public.ecr.aws/docker/library/busybox:1","Essential":true}]}}}
        """;

    [Fact]
    public async Task Role_runs_a_task_it_may_run_and_the_owner_can_follow_it_to_its_end()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, engine: "no-such-engine");
        using var launcher = Client(stack, stack.As("Launcher"));
        using var owner = Client(stack, EmulatedStack.Owner);

        var started = Assert.Single((await launcher.RunTaskAsync(Request())).Tasks);
        Assert.Equal("PROVISIONING", started.LastStatus);
        Assert.Equal("FARGATE", started.CapacityProviderName);

        var stopped = await StoppedAsync(owner, started.TaskArn);
        Assert.Equal(TaskStopCode.TaskFailedToStart, stopped.StopCode);
        Assert.StartsWith(
            "CannotStartContainerError: there is no no-such-engine", stopped.StoppedReason, StringComparison.Ordinal);
        Assert.Null(Assert.Single(stopped.Containers).ExitCode);
        Assert.True(stopped.Version > started.Version);
    }

    [Fact]
    public async Task Role_that_may_pass_no_role_creates_no_service()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        const string Service = """
            {"cluster":"jobs","serviceName":"drain","taskDefinition":"line-count","desiredCount":1,
             "networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}
            """;

        var answer = await stack.JsonAsync(
            "ecs", "AmazonEC2ContainerServiceV20141113.CreateService", Service, stack.As("Creator"));

        Assert.Equal(400, answer.Status);
        Assert.Contains(
            "iam:PassRole on resource: arn:aws:iam::000000000000:role/task ", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_may_not_pass_another_role_to_a_task()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, engine: "no-such-engine");
        using var launcher = Client(stack, stack.As("Launcher"));
        var request = Request();
        request.Overrides = new TaskOverride { TaskRoleArn = "arn:aws:iam::000000000000:role/other" };

        var error = await Assert.ThrowsAsync<AccessDeniedException>(() => launcher.RunTaskAsync(request));

        Assert.Contains("iam:PassRole", error.Message, StringComparison.Ordinal);
        Assert.Contains("role/other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conflict_names_the_tasks_of_the_first_call()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, engine: "no-such-engine");
        using var owner = Client(stack, EmulatedStack.Owner);
        var first = Assert.Single((await owner.RunTaskAsync(Request())).Tasks);
        var other = Request();
        other.StartedBy = "other";

        var error = await Assert.ThrowsAsync<ConflictException>(() => owner.RunTaskAsync(other));

        Assert.Equal([first.TaskArn], error.ResourceIds);
    }

    private static RunTaskRequest Request() => new()
    {
        Cluster = "jobs",
        TaskDefinition = "line-count",
        ClientToken = "launch-1",
        NetworkConfiguration = new NetworkConfiguration
        {
            AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = ["subnet-1"] },
        },
    };

    private static async Task<Amazon.ECS.Model.Task> StoppedAsync(AmazonECSClient client, string arn)
    {
        using var limit = new CancellationTokenSource(EcsBench.Patience);
        while (true)
        {
            var answer = await client.DescribeTasksAsync(
                new DescribeTasksRequest { Cluster = "jobs", Tasks = [arn] }, limit.Token);
            if (answer.Tasks[0].LastStatus == "STOPPED") return answer.Tasks[0];
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static AmazonECSClient Client(EmulatedStack stack, AWSCredentials credentials) =>
        new(credentials, new AmazonECSConfig { ServiceURL = stack.Url, AuthenticationRegion = "us-east-1" });
}
