using System.Net;
using Jobs.Core;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Reporting;

namespace Jobs.Tests.Unit.Sdk;

public sealed class EcsTaskMetadataTests
{
    private const string Address = "http://169.254.170.2/v4/0123abcd-1";

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Endpoint_gives_the_tasks_arn()
    {
        using var http = new Endpoint(_ => Answer("""{"Cluster":"c","TaskARN":"arn:aws:ecs:eu-west-1:1:task/c/2"}"""));
        Assert.Equal("arn:aws:ecs:eu-west-1:1:task/c/2", await Metadata(http).TaskArnAsync(CancellationToken.None));
        Assert.Equal([$"{Address}/task"], http.Asked);
    }

    [Fact]
    public async Task Endpoint_that_fails_at_first_is_asked_again()
    {
        using var http = new Endpoint(
            call =>
                call < 3
                    ? new HttpResponseMessage(HttpStatusCode.InternalServerError)
                    : Answer("""{"TaskARN":"arn"}"""));
        Assert.Equal("arn", await DriveAsync(Metadata(http)));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("""{"TaskARN":7}""")]
    [InlineData("""{"TaskARN":""}""")]
    public async Task Answer_without_the_arn_is_no_answer(string body)
    {
        using var http = new Endpoint(call => Answer(call < 2 ? body : """{"TaskARN":"arn"}"""));
        Assert.Equal("arn", await DriveAsync(Metadata(http)));
    }

    [Fact]
    public async Task Endpoint_that_never_answers_leaves_the_worker_unnamed_after_its_patience()
    {
        using var http = new Endpoint(_ => throw new HttpRequestException("refused"));
        var began = _clock.GetUtcNow();

        var failed = await Assert.ThrowsAsync<HostFailedException>(() => DriveAsync(Metadata(http)));

        Assert.Equal(WorkerExitCodes.Unnamed, failed.ExitCode);
        Assert.Contains("in 30 s: refused", failed.Message, StringComparison.Ordinal);
        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.FromSeconds(27), TimeSpan.FromSeconds(31));
        Assert.InRange(http.Asked.Count, 10, 25);
    }

    [Fact]
    public async Task Task_that_is_told_to_stop_while_it_asks_ends_at_once()
    {
        using var http = new Endpoint(_ => throw new HttpRequestException("refused"));
        using var sigterm = new CancellationTokenSource();
        var running = Metadata(http).TaskArnAsync(sigterm.Token);
        await sigterm.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Outside_ecs_there_is_no_name_and_no_waiting()
    {
        using var http = new Endpoint(_ => throw new HttpRequestException("refused"));

        var failed = await Assert.ThrowsAsync<HostFailedException>(
            () => Metadata(http, address: null).TaskArnAsync(CancellationToken.None));

        Assert.Equal(WorkerExitCodes.Unnamed, failed.ExitCode);
        Assert.Contains("ECS_CONTAINER_METADATA_URI_V4 is not set", failed.Message, StringComparison.Ordinal);
        Assert.Empty(http.Asked);
    }

    private EcsTaskMetadata Metadata(Endpoint http, string? address = Address) =>
        new(address, http, EcsTaskMetadata.Patience, _clock);

    private static HttpResponseMessage Answer(string json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(json) };

    private async Task<string> DriveAsync(EcsTaskMetadata metadata)
    {
        var running = metadata.TaskArnAsync(CancellationToken.None);
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return running.IsCompleted;
        });
        return await running;
    }

    private sealed class Endpoint(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.ToString());
            return Task.FromResult(answer(Asked.Count));
        }
    }
}
