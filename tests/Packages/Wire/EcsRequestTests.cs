using Amazon.ECS;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Tests.Packages.Wire;

public sealed class EcsRequestTests : IDisposable
{
    private readonly StubServer _server = new(_ => Reply.Json("{}"));
    private readonly AmazonECSClient _ecs;

    public EcsRequestTests() => _ecs = Clients.Ecs(_server.Url);

    public void Dispose()
    {
        _ecs.Dispose();
        _server.Dispose();
    }

    public static TheoryData<string, Func<AmazonECSClient, Task>> Operations => new()
    {
        { "RunTask", ecs => ecs.RunTaskAsync(new RunTaskRequest()) },
        { "StopTask", ecs => ecs.StopTaskAsync(new StopTaskRequest()) },
        { "DescribeTasks", ecs => ecs.DescribeTasksAsync(new DescribeTasksRequest()) },
        { "ListTasks", ecs => ecs.ListTasksAsync(new ListTasksRequest()) },
        { "DescribeTaskDefinition", ecs => ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest()) },
        { "DescribeServices", ecs => ecs.DescribeServicesAsync(new DescribeServicesRequest()) },
        { "UpdateService", ecs => ecs.UpdateServiceAsync(new UpdateServiceRequest()) },
        { "UpdateTaskProtection", ecs => ecs.UpdateTaskProtectionAsync(new UpdateTaskProtectionRequest()) },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_called_names_its_target_and_is_signed(
        string operation, Func<AmazonECSClient, Task> call)
    {
        await call(_ecs);

        var request = _server.Only;
        Assert.Equal(("POST", "/"), (request.Method, request.Path));
        Assert.Equal("AmazonEC2ContainerServiceV20141113." + operation, request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Equal("2014-11-13", request.Headers["x-amz-api-version"]);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-west-1/ecs/aws4_request, " +
            "SignedHeaders=.+, Signature=[0-9a-f]{64}$",
            request.Headers["Authorization"]);
        Assert.Equal("session-token", request.Headers["X-Amz-Security-Token"]);
        Assert.Contains("api/ECS", request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunTask_filled_sends_every_member()
    {
        await _ecs.RunTaskAsync(new RunTaskRequest
        {
            Cluster = "jobs",
            TaskDefinition = "jobs-line-count",
            Count = 1,
            ClientToken = "token-1",
            StartedBy = "line-count/0001/1",
            Group = "family:line-count",
            LaunchType = LaunchType.FARGATE,
            PlatformVersion = "LATEST",
            EnableECSManagedTags = true,
            EnableExecuteCommand = false,
            PropagateTags = PropagateTags.TASK_DEFINITION,
            ReferenceId = "r",
            CapacityProviderStrategy = [new() { CapacityProvider = "FARGATE_SPOT", Base = 0, Weight = 1 }],
            NetworkConfiguration = new()
            {
                AwsvpcConfiguration = new()
                {
                    Subnets = ["subnet-1"],
                    SecurityGroups = ["sg-1"],
                    AssignPublicIp = AssignPublicIp.ENABLED,
                },
            },
            Overrides = new()
            {
                Cpu = "1024",
                Memory = "2048",
                TaskRoleArn = "arn:task",
                ExecutionRoleArn = "arn:execution",
                EphemeralStorage = new() { SizeInGiB = 50 },
                ContainerOverrides =
                [
                    new()
                    {
                        Name = "worker",
                        Cpu = 1,
                        Memory = 2,
                        MemoryReservation = 3,
                        Command = ["go"],
                        Environment = [new() { Name = "KEY", Value = "a \"b\" ü" }],
                    },
                ],
            },
            Tags = [new() { Key = "job", Value = "line-count" }],
        });

        const string Expected = """
            {"capacityProviderStrategy":[{"base":0,"capacityProvider":"FARGATE_SPOT","weight":1}],"clientToken":"token-1","cluster":"jobs","count":1,
            "enableECSManagedTags":true,"enableExecuteCommand":false,"group":"family:line-count","launchType":"FARGATE",
            "networkConfiguration":{"awsvpcConfiguration":{"assignPublicIp":"ENABLED","securityGroups":["sg-1"],"subnets":["subnet-1"]}},
            "overrides":{"containerOverrides":[{"command":["go"],"cpu":1,"environment":[{"name":"KEY","value":"a \u0022b\u0022 \u00FC"}],
            "memory":2,"memoryReservation":3,"name":"worker"}],"cpu":"1024","ephemeralStorage":{"sizeInGiB":50},"executionRoleArn":"arn:execution",
            "memory":"2048","taskRoleArn":"arn:task"},"platformVersion":"LATEST","propagateTags":"TASK_DEFINITION","referenceId":"r",
            "startedBy":"line-count/0001/1","tags":[{"key":"job","value":"line-count"}],"taskDefinition":"jobs-line-count"}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), _server.Only.Body);
    }

    [Fact]
    public async Task RunTask_without_client_token_sends_a_fresh_one()
    {
        await _ecs.RunTaskAsync(new RunTaskRequest());
        await _ecs.RunTaskAsync(new RunTaskRequest());

        var bodies = _server.Requests.Select(request => request.Body).ToList();
        Assert.All(bodies, body => Assert.Matches("""^\{"clientToken":"[0-9a-f-]{36}"\}$""", body));
        Assert.NotEqual(bodies[0], bodies[1]);
    }

    [Fact]
    public async Task Request_empty_is_an_empty_object()
    {
        await _ecs.ListTasksAsync(new ListTasksRequest());

        Assert.Equal("{}", _server.Only.Body);
    }

    [Fact]
    public async Task Collection_empty_is_sent_and_null_is_left_out()
    {
        await _ecs.DescribeTasksAsync(new DescribeTasksRequest { Tasks = [] });

        Assert.Equal("""{"tasks":[]}""", _server.Only.Body);
    }

    [Fact]
    public async Task Other_requests_filled_send_every_member()
    {
        await _ecs.StopTaskAsync(new StopTaskRequest { Cluster = "c", Task = "t", Reason = "cancelled" });
        await _ecs.DescribeTasksAsync(
            new DescribeTasksRequest { Cluster = "c", Tasks = ["t"], Include = [TaskField.TAGS] });
        await _ecs.ListTasksAsync(
            new ListTasksRequest
            {
                Cluster = "c",
                StartedBy = "s",
                DesiredStatus = DesiredStatus.STOPPED,
                MaxResults = 100,
                NextToken = "n",
            });
        await _ecs.ListTasksAsync(
            new ListTasksRequest { Family = "f", ServiceName = "s", LaunchType = "fargate", ContainerInstance = "i" });
        await _ecs.DescribeTaskDefinitionAsync(
            new DescribeTaskDefinitionRequest { TaskDefinition = "f:1", Include = ["TAGS"] });
        await _ecs.DescribeServicesAsync(
            new DescribeServicesRequest { Cluster = "c", Services = ["s"], Include = ["TAGS"] });
        await _ecs.UpdateServiceAsync(
            new UpdateServiceRequest
            {
                Cluster = "c",
                Service = "s",
                DesiredCount = 0,
                ForceNewDeployment = true,
                TaskDefinition = "f:1",
            });
        await _ecs.UpdateTaskProtectionAsync(
            new UpdateTaskProtectionRequest
            {
                Cluster = "c",
                Tasks = ["t"],
                ProtectionEnabled = true,
                ExpiresInMinutes = 60,
            });

        Assert.Equal(
            [
                """{"cluster":"c","reason":"cancelled","task":"t"}""",
                """{"cluster":"c","include":["TAGS"],"tasks":["t"]}""",
                """{"cluster":"c","desiredStatus":"STOPPED","maxResults":100,"nextToken":"n","startedBy":"s"}""",
                """{"containerInstance":"i","family":"f","launchType":"FARGATE","serviceName":"s"}""",
                """{"include":["TAGS"],"taskDefinition":"f:1"}""",
                """{"cluster":"c","include":["TAGS"],"services":["s"]}""",
                """{"cluster":"c","desiredCount":0,"forceNewDeployment":true,"service":"s","taskDefinition":"f:1"}""",
                """{"cluster":"c","expiresInMinutes":60,"protectionEnabled":true,"tasks":["t"]}""",
            ],
            _server.Requests.Select(request => request.Body));
    }
}
