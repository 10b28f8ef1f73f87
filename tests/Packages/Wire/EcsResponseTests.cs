using Amazon.ECS;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Tests.Packages.Wire;

public class EcsResponseTests
{
    private const string DescribedTask = """
        {"tasks":[{"taskArn":"arn:t","clusterArn":"arn:c","taskDefinitionArn":"arn:d:7","lastStatus":"STOPPED","desiredStatus":"STOPPED",
        "launchType":"FARGATE","capacityProviderName":"FARGATE_SPOT","cpu":"512","memory":"1024","connectivity":"CONNECTED","healthStatus":"UNKNOWN",
        "createdAt":1767603600.123,"startedAt":1767603605,"stoppedAt":"2026-01-05T09:10:00.5Z","stopCode":"SomethingNew","stoppedReason":"why",
        "startedBy":"line-count/1/1","version":9223372036854775807,"enableExecuteCommand":false,"platformVersion":"1.4.0","group":null,
        "containers":[{"name":"worker","exitCode":0,"lastStatus":"STOPPED","reason":"r","runtimeId":"i","image":"img","imageDigest":"sha",
            "networkInterfaces":[{"attachmentId":"a","privateIpv4Address":"10.0.0.1"}],"networkBindings":[{"x":{"y":[1,{"z":2}]}}]},{"name":"sidecar"}],
        "attachments":[{"id":"a","type":"ElasticNetworkInterface","status":"DELETED","details":[{"name":"subnetId","value":"s"}]}],
        "attributes":[{"name":"ecs.cpu-architecture","value":"x86_64","targetType":"container-instance"}],
        "overrides":{"containerOverrides":[{"name":"worker","environment":[{"name":"K","value":"V"}]}],"inferenceAcceleratorOverrides":[]},
        "ephemeralStorage":{"sizeInGiB":20},"fargateEphemeralStorage":{"sizeInGiB":20,"kmsKeyId":"k"},"tags":[{"key":"k","value":"v"}],"brandNew":[[]]}],
        "failures":[{"arn":"arn:x","reason":"MISSING","detail":"d"}]}
        """;

    [Fact]
    public async Task DescribeTasks_answered_in_full_reads_every_member_and_skips_the_unknown()
    {
        var response = await DescribeAsync(DescribedTask);

        var task = Assert.Single(response.Tasks);
        Assert.Equal(
            ("arn:t", "arn:c", "arn:d:7", "STOPPED"),
            (task.TaskArn, task.ClusterArn, task.TaskDefinitionArn, task.LastStatus));
        Assert.Equal(
            (LaunchType.FARGATE, "FARGATE_SPOT", Connectivity.CONNECTED),
            (task.LaunchType, task.CapacityProviderName, task.Connectivity));
        Assert.Equal("SomethingNew", task.StopCode.Value);
        Assert.Equal(long.MaxValue, task.Version);
        Assert.False(task.EnableExecuteCommand);
        Assert.Null(task.Group);
        Assert.Equal((20, "k"), (task.FargateEphemeralStorage.SizeInGiB, task.FargateEphemeralStorage.KmsKeyId));
        Assert.Equal("V", task.Overrides.ContainerOverrides[0].Environment[0].Value);
        Assert.Equal("container-instance", Assert.Single(task.Attributes).TargetType);
        Assert.Equal("subnetId", Assert.Single(Assert.Single(task.Attachments).Details).Name);
        Assert.Equal(
            ("worker", 0, "10.0.0.1"),
            (
                task.Containers[0].Name,
                task.Containers[0].ExitCode,
                task.Containers[0].NetworkInterfaces[0].PrivateIpv4Address));
        Assert.Equal(
            ("arn:x", "MISSING", "d"),
            (response.Failures[0].Arn, response.Failures[0].Reason, response.Failures[0].Detail));
        Assert.Equal("request-1", response.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task Container_without_exit_code_has_none()
    {
        var response = await DescribeAsync(DescribedTask);

        Assert.Null(response.Tasks[0].Containers[1].ExitCode);
    }

    [Fact]
    public async Task Timestamps_as_epoch_seconds_or_text_are_utc()
    {
        var task = (await DescribeAsync(DescribedTask)).Tasks[0];

        // The official client adds a double to the epoch, so a millisecond may be off by a fraction there.
        Assert.Equal(
            new DateTime(2026, 1, 5, 9, 0, 0, 123, DateTimeKind.Utc),
            task.CreatedAt!.Value,
            TimeSpan.FromMilliseconds(1));
        Assert.Equal(new DateTime(2026, 1, 5, 9, 0, 5, DateTimeKind.Utc), task.StartedAt);
        Assert.Equal(new DateTime(2026, 1, 5, 9, 10, 0, 500, DateTimeKind.Utc), task.StoppedAt);
        Assert.All(
            new[] { task.CreatedAt, task.StartedAt, task.StoppedAt },
            time => Assert.Equal(DateTimeKind.Utc, time!.Value.Kind));
        Assert.Null(task.StoppingAt);
    }

    [Fact]
    public async Task Collections_left_out_stay_null()
    {
        var response = await DescribeAsync("""{"tasks":[{}]}""");

        Assert.Null(response.Failures);
        Assert.Null(response.Tasks[0].Containers);
        Assert.Null(response.Tasks[0].Tags);
    }

    [Fact]
    public async Task Body_empty_is_an_empty_response()
    {
        Assert.Null((await DescribeAsync("")).Tasks);
    }

    [Fact]
    public async Task Body_larger_than_one_buffer_is_read_whole()
    {
        var arns = Enumerable.Range(0, 100)
            .Select(i => $"arn:aws:ecs:eu-west-1:123456789012:task/jobs/{i:d32}")
            .ToList();
        using var server = new StubServer(
            _ => Reply.Json($$"""{"nextToken":"n","taskArns":["{{string.Join("\",\"", arns)}}"]}"""));
        using var ecs = Clients.Ecs(server.Url);

        var response = await ecs.ListTasksAsync(new ListTasksRequest());

        Assert.Equal(arns, response.TaskArns);
        Assert.Equal("n", response.NextToken);
    }

    [Fact]
    public async Task DescribeTaskDefinition_answered_reads_containers_and_platform()
    {
        using var server = new StubServer(_ => Reply.Json("""
            {"taskDefinition":{"family":"f","revision":3,"status":"ACTIVE","networkMode":"awsvpc","cpu":"256","registeredAt":1767603600.5,
            "runtimePlatform":{"cpuArchitecture":"ARM64","operatingSystemFamily":"LINUX"},"requiresCompatibilities":["FARGATE"],"volumes":[{"name":"v"}],
            "containerDefinitions":[{"name":"worker","essential":true,"stopTimeout":120,"environment":[{"name":"A","value":"B"}],"dockerLabels":{"l":"1"},
            "secrets":[{"name":"S","valueFrom":"arn:s"}],"portMappings":[],"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"g"}}}]},
            "tags":[{"key":"k","value":"v"}]}
            """));
        using var ecs = Clients.Ecs(server.Url);

        var response = await ecs.DescribeTaskDefinitionAsync(
            new DescribeTaskDefinitionRequest { TaskDefinition = "f" });

        var definition = response.TaskDefinition;
        Assert.Equal(
            ("f", 3, TaskDefinitionStatus.ACTIVE, NetworkMode.Awsvpc),
            (definition.Family, definition.Revision, definition.Status, definition.NetworkMode));
        Assert.Equal(CPUArchitecture.ARM64, definition.RuntimePlatform.CpuArchitecture);
        var container = Assert.Single(definition.ContainerDefinitions);
        Assert.Equal((true, 120, "1"), (container.Essential, container.StopTimeout, container.DockerLabels["l"]));
        Assert.Equal(
            (LogDriver.Awslogs, "g"),
            (container.LogConfiguration.LogDriver, container.LogConfiguration.Options["awslogs-group"]));
        Assert.Equal("arn:s", container.Secrets[0].ValueFrom);
        Assert.Equal("v", response.Tags[0].Value);
    }

    [Fact]
    public async Task Protection_and_stop_answered_read_their_task()
    {
        using var server = new StubServer(request =>
            Reply.Json(request.Headers["X-Amz-Target"].EndsWith("StopTask", StringComparison.Ordinal)
            ? """{"task":{"taskArn":"arn:t","desiredStatus":"STOPPED"}}"""
            : """{"protectedTasks":[{"taskArn":"arn:t","protectionEnabled":true,"expirationDate":1767603600}],"failures":[]}"""));
        using var ecs = Clients.Ecs(server.Url);

        var stopped = await ecs.StopTaskAsync(new StopTaskRequest { Task = "arn:t" });
        var protection = await ecs.UpdateTaskProtectionAsync(new UpdateTaskProtectionRequest { Tasks = ["arn:t"] });

        Assert.Equal("STOPPED", stopped.Task.DesiredStatus);
        Assert.True(Assert.Single(protection.ProtectedTasks).ProtectionEnabled);
        Assert.Empty(protection.Failures);
    }

    [Fact]
    public async Task Services_answered_read_their_counts()
    {
        const string Service = """{"serviceArn":"arn:s","serviceName":"s","clusterArn":"arn:c","status":"ACTIVE","taskDefinition":"f:1","desiredCount":3,"runningCount":2,"pendingCount":1,"deployments":[{}]}""";
        using var server = new StubServer(request =>
            Reply.Json(request.Headers["X-Amz-Target"].EndsWith("UpdateService", StringComparison.Ordinal)
            ? $$"""{"service":{{Service}}}"""
            : $$"""{"services":[{{Service}}],"failures":[{"arn":"arn:x","reason":"MISSING"}]}"""));
        using var ecs = Clients.Ecs(server.Url);

        var described = await ecs.DescribeServicesAsync(new DescribeServicesRequest { Services = ["s", "x"] });
        var updated = await ecs.UpdateServiceAsync(new UpdateServiceRequest { Service = "s" });

        foreach (var service in new[] { Assert.Single(described.Services), updated.Service })
        {
            Assert.Equal(
                ("arn:s", "s", "arn:c", "ACTIVE", "f:1"),
                (service.ServiceArn, service.ServiceName, service.ClusterArn, service.Status, service.TaskDefinition));
            Assert.Equal((3, 2, 1), (service.DesiredCount, service.RunningCount, service.PendingCount));
        }

        Assert.Equal("MISSING", Assert.Single(described.Failures).Reason);
    }

    [Theory]
    [InlineData("ServiceNotFoundException", typeof(ServiceNotFoundException))]
    [InlineData("ServiceNotActiveException", typeof(ServiceNotActiveException))]
    public async Task UpdateService_refused_throws_the_exception_it_declares(string code, Type expected)
    {
        using var server = new StubServer(_ => Reply.Error(400, $$"""{"__type":"{{code}}","message":"no"}"""));
        using var ecs = Clients.Ecs(server.Url);

        Assert.IsType(
            expected,
            await Assert.ThrowsAnyAsync<AmazonECSException>(() => ecs.UpdateServiceAsync(new UpdateServiceRequest())));
    }

    private static async Task<DescribeTasksResponse> DescribeAsync(string body)
    {
        using var server = new StubServer(_ => Reply.Json(body));
        using var ecs = Clients.Ecs(server.Url);
        return await ecs.DescribeTasksAsync(new DescribeTasksRequest { Tasks = ["arn:t"] });
    }
}
