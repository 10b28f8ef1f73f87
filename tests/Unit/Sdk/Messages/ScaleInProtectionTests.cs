using System.Net;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Messages;

namespace Jobs.Tests.Unit.Sdk.Messages;

public sealed class ScaleInProtectionTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly RecordedProtection _port = new();
    private readonly LineLog _log = new();
    private readonly CancellationTokenSource _ended = new();

    public void Dispose() => _ended.Dispose();

    [Fact]
    public async Task Protection_is_renewed_while_messages_are_in_hand_and_not_toggled_between_them()
    {
        var protection = new ScaleInProtection(_port, _clock, _log);
        var running = protection.RunAsync(_ended.Token);
        protection.Note(1);
        await AskedAsync(true);

        for (var i = 0; i < 10; i++)
        {
            protection.Note(0);
            await ArmedAsync();
            _clock.Advance(ScaleInProtection.Moment / 2);
            protection.Note(1);
            await ArmedAsync();
        }

        Assert.Equal([true], _port.Asked);
        _clock.Advance(ScaleInProtection.RenewAfter);
        await AskedAsync(true, true);
        Assert.True(ScaleInProtection.RenewAfter < ScaleInProtection.Expires);
        await EndAsync(running);
    }

    [Fact]
    public async Task Failure_is_told_of_and_tried_again_and_is_never_fatal()
    {
        _port.Fails = true;
        var protection = new ScaleInProtection(_port, _clock, _log);
        var running = protection.RunAsync(_ended.Token);
        protection.Note(1);
        await AskedAsync(true);
        await Eventually.TrueAsync(
            () =>
                _log.Lines.Contains(
                    "Warning: Scale-in protection could not be turned on; that is tried again in 30 s."));

        _port.Fails = false;
        await ArmedAsync();
        _clock.Advance(ScaleInProtection.RetryAfter);

        await AskedAsync(true, true);
        await EndAsync(running);
    }

    [Fact]
    public async Task Agent_is_asked_as_ecs_documents_it()
    {
        using var agent = new Agent(
            """{"protection":{"ExpirationDate":"2026-01-05T08:10:00Z","ProtectionEnabled":true,"TaskArn":"arn:aws:ecs:eu-west-1:111122223333:task/jobs/1"}}""");
        var protection = new AgentTaskProtection("http://169.254.170.2/api/abc", agent, _clock);

        await protection.SetAsync(true, TimeSpan.FromMinutes(10), CancellationToken.None);
        await protection.SetAsync(false, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(
            [
                """PUT http://169.254.170.2/api/abc/task-protection/v1/state {"ProtectionEnabled":true,"ExpiresInMinutes":10}""",
                """PUT http://169.254.170.2/api/abc/task-protection/v1/state {"ProtectionEnabled":false}""",
            ],
            agent.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"failure":{"Arn":"a","Detail":null,"Reason":"TASK_NOT_VALID"}}""")]
    [InlineData(HttpStatusCode.BadRequest,
        """{"error":{"Arn":"a","Code":"AccessDeniedException","Message":"not allowed"},"requestID":"1"}""")]
    public async Task Refusal_of_the_agent_is_an_error_with_its_words(HttpStatusCode status, string answer)
    {
        using var agent = new Agent(answer, status);
        var protection = new AgentTaskProtection("http://agent", agent, _clock);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => protection.SetAsync(true, TimeSpan.FromMinutes(10), CancellationToken.None));

        Assert.Contains(answer, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_ecs_there_is_nothing_to_protect_from() =>
        await new AgentTaskProtection(null, new Agent(""), _clock)
            .SetAsync(true, TimeSpan.FromMinutes(10), CancellationToken.None);

    private Task AskedAsync(params bool[] expected) => Eventually.TrueAsync(() => _port.Asked.SequenceEqual(expected));

    private Task ArmedAsync() => Eventually.TrueAsync(() => _clock.ArmedTimers == 1);

    private async Task EndAsync(Task running)
    {
        await _ended.CancelAsync();
        await running;
    }

    private sealed class Agent(string answer, HttpStatusCode status = HttpStatusCode.OK) : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(
                $"{request.Method} {request.RequestUri} {await request.Content!.ReadAsStringAsync(cancellationToken)}");
            return new HttpResponseMessage(status) { Content = new StringContent(answer) };
        }
    }
}
