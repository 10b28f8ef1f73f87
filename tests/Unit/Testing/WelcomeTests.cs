using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Testing;

/// <summary>
/// The guide's message handler, its unit test as shown there, and what else a handler's test can have.
/// </summary>
public sealed class WelcomeTests
{
    [Fact]
    public async Task Letter_is_written()
    {
        var env = new JobTestEnvironment();
        await env.HandleAsync(new Welcome(), new(7, "Ada"));
        Assert.Equal("Dear Ada,", env.Objects["letters/7.txt"].Text);
    }

    [Fact]
    public async Task Customer_without_a_name_can_never_succeed() =>
        await Assert.ThrowsAsync<JobFailedException>(
            () => new JobTestEnvironment().HandleAsync(new Welcome(), new(7, "")));

    [Fact]
    public void Declaration_is_valid() =>
        Assert.Empty(DefinitionRules.Check("jobs", JobDefinitions.From(typeof(Welcome))));

    [Fact]
    public async Task Handler_sees_its_message_and_is_told_to_stop()
    {
        var env = new JobTestEnvironment
        {
            MessageId = "m",
            Receives = 3,
            Attributes = new Dictionary<string, string> { ["trace"] = "abc" },
        };
        var seen = ("", 0, "", StopReason.None);

        await env.HandleAsync(new Scripted((context, stop) =>
        {
            env.Interrupt();
            seen = (context.Id, context.Receives, context.Attributes["trace"], context.Interrupted);
            return Task.CompletedTask;
        }), 1);

        Assert.Equal(("m", 3, "abc", StopReason.Interrupted), seen);
    }

    [Fact]
    public async Task Runs_that_a_handler_submits_are_seen_by_its_test_and_their_inputs_are_checked()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "one" } };

        await env.HandleAsync(
            new Scripted((context, stop) => context.SubmitAsync<LineCount>(env.Upload("incoming/a.txt"), stop)), 1);

        var (job, input) = Assert.Single(env.Submitted);
        Assert.Equal("line-count", job);
        Assert.Contains("incoming/a.txt", input, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(
            () => env.HandleAsync(new Scripted((context, stop) => context.SubmitAsync<LineCount>("a.txt", stop)), 1));
    }

    [OnQueue]
    private sealed class Scripted(Func<MessageContext, CancellationToken, Task> script) : IMessageHandler<int>
    {
        public Task HandleAsync(int message, MessageContext context, CancellationToken stop) => script(context, stop);
    }
}
