using System.Net;
using Jobs.Hosting;

namespace Jobs.Tests.Unit.Sdk;

public sealed class EcsTaskMetadataTests
{
    private const string Address = "http://169.254.170.2/v4/0123abcd-1";

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Endpoint_gives_the_tasks_arn()
    {
        using var http = new Endpoint(_ => Answer("""{"Cluster":"c","TaskARN":"arn:aws:ecs:eu-west-1:1:task/c/2"}"""));
        Assert.Equal("arn:aws:ecs:eu-west-1:1:task/c/2", await new EcsTaskMetadata(Address, http, _clock).TaskArnAsync(CancellationToken.None));
        Assert.Equal([$"{Address}/task"], http.Asked);
    }

    [Fact]
    public async Task Endpoint_that_fails_at_first_is_asked_again()
    {
        using var http = new Endpoint(call => call < 3 ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : Answer("""{"TaskARN":"arn"}"""));
        Assert.Equal("arn", await DriveAsync(new EcsTaskMetadata(Address, http, _clock)));
    }

    [Fact]
    public async Task Endpoint_that_never_answers_is_replaced_by_the_containers_id_which_stays_the_same()
    {
        using var http = new Endpoint(_ => throw new HttpRequestException("refused"));
        var metadata = new EcsTaskMetadata(Address, http, _clock);
        Assert.Equal("container:0123abcd-1", await DriveAsync(metadata));
        Assert.Equal("container:0123abcd-1", await metadata.TaskArnAsync(CancellationToken.None));
        Assert.Equal(EcsTaskMetadata.Tries, http.Asked.Count);
    }

    [Fact]
    public async Task Outside_ecs_the_process_has_a_name_of_its_own()
    {
        using var http = new Endpoint(_ => throw new HttpRequestException("refused"));
        Assert.StartsWith("process:", await new EcsTaskMetadata(null, http, _clock).TaskArnAsync(CancellationToken.None), StringComparison.Ordinal);
        Assert.Empty(http.Asked);
    }

    private static HttpResponseMessage Answer(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json) };

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

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.ToString());
            return Task.FromResult(answer(Asked.Count));
        }
    }
}
