using System.Net;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Tests.Packages.Wire;

public class EcsErrorTests
{
    [Theory]
    [InlineData("AccessDeniedException", typeof(AccessDeniedException))]
    [InlineData("BlockedException", typeof(BlockedException))]
    [InlineData("ClientException", typeof(ClientException))]
    [InlineData("ClusterNotFoundException", typeof(ClusterNotFoundException))]
    [InlineData("ConflictException", typeof(ConflictException))]
    [InlineData("InvalidParameterException", typeof(InvalidParameterException))]
    [InlineData("PlatformTaskDefinitionIncompatibilityException",
        typeof(PlatformTaskDefinitionIncompatibilityException))]
    [InlineData("PlatformUnknownException", typeof(PlatformUnknownException))]
    [InlineData("UnsupportedFeatureException", typeof(UnsupportedFeatureException))]
    [InlineData("ServiceNotFoundException", typeof(AmazonECSException))]    // RunTask does not declare it
    [InlineData("SomethingNewException", typeof(AmazonECSException))]
    public async Task RunTask_refused_throws_the_exception_it_declares(string code, Type expected)
    {
        using var server = new StubServer(_ => Reply.Error(400, $$"""{"__type":"{{code}}","message":"no"}"""));
        using var ecs = Clients.Ecs(server.Url);

        var thrown = await Assert.ThrowsAnyAsync<AmazonECSException>(() => ecs.RunTaskAsync(new RunTaskRequest()));

        Assert.Equal(expected, thrown.GetType());
        Assert.Equal(
            (code, "no", "request-1", HttpStatusCode.BadRequest),
            (thrown.ErrorCode, thrown.Message, thrown.RequestId, thrown.StatusCode));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"__type":"com.amazonaws.ecs#ClientException","Message":"no"}""", null)]
    [InlineData("""{"message":"no"}""", "ClientException:http://internal.amazon.com/")]
    public async Task Code_with_namespace_or_in_a_header_is_recognized(string body, string? header)
    {
        using var server = new StubServer(
            _ => header is null ? Reply.Error(400, body) : Reply.Error(400, body, ("x-amzn-ErrorType", header)));
        using var ecs = Clients.Ecs(server.Url);

        var thrown = await Assert.ThrowsAsync<ClientException>(
            () => ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest()));

        Assert.Equal(("ClientException", "no"), (thrown.ErrorCode, thrown.Message));
    }

    [Fact]
    public async Task Conflict_names_the_tasks_that_the_token_started()
    {
        using var server = new StubServer(
            _ =>
                Reply.Error(
                    400,
                    """{"__type":"ConflictException","resourceIds":["arn:1","arn:2"],"message":"token reused"}"""));
        using var ecs = Clients.Ecs(server.Url);

        var thrown = await Assert.ThrowsAsync<ConflictException>(() => ecs.RunTaskAsync(new RunTaskRequest()));

        Assert.Equal(["arn:1", "arn:2"], thrown.ResourceIds);
    }

    [Fact]
    public async Task Throttle_is_tried_three_times_with_one_client_token()
    {
        using var server = new StubServer(
            _ => Reply.Error(400, """{"__type":"ThrottlingException","message":"Rate exceeded"}"""));
        using var ecs = Clients.Ecs(server.Url);

        var thrown = await Assert.ThrowsAsync<AmazonECSException>(() => ecs.RunTaskAsync(new RunTaskRequest()));

        Assert.Equal("ThrottlingException", thrown.ErrorCode);
        Assert.Equal(
            ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"],
            server.Requests.Select(request => request.Headers["amz-sdk-request"]));
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Server_fault_is_tried_again()
    {
        var calls = 0;
        using var server = new StubServer(
            _ =>
                ++calls == 1
                    ? Reply.Error(500, """{"__type":"ServerException","message":"oops"}""")
                    : Reply.Json("{}"));
        using var ecs = Clients.Ecs(server.Url);

        await ecs.ListTasksAsync(new ListTasksRequest());

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"taskArns":["a" """)]
    [InlineData("""{"taskArns":[1]}""")]
    [InlineData("""["taskArns"]""")]
    [InlineData("""{} {}""")]
    public async Task Success_with_an_unreadable_body_is_a_fault(string body)
    {
        using var server = new StubServer(_ => Reply.Json(body));
        using var ecs = new AmazonECSClient(
            new BasicAWSCredentials("a", "b"), new AmazonECSConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => ecs.ListTasksAsync(new ListTasksRequest()));
    }

    [Fact]
    public async Task Cancellation_ends_a_call_in_flight()
    {
        var arrived = new TaskCompletionSource();
        using var server = new StubServer(async (_, stop) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return Reply.Json("{}");
        });
        using var ecs = Clients.Ecs(server.Url);
        using var stop = new CancellationTokenSource();

        var call = ecs.ListTasksAsync(new ListTasksRequest(), stop.Token);
        await arrived.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
