using Amazon.SQS.Model;
using Lapstack.Tests.Events;
using Lapstack.Tests.Lambda;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Chaos;

public sealed class DeliveryChaosTests
{
    [Fact]
    public async Task Message_is_received_twice_and_not_a_third_time()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(
            SqsStack.Template, clock, chaos: new() { Duplicate = 1 });
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl(), MessageBody = "one" });

        var first = await ReceiveAsync();
        var second = await ReceiveAsync();

        Assert.Equal(Assert.Single(first).MessageId, Assert.Single(second).MessageId);
        Assert.Empty(await ReceiveAsync());

        async Task<IReadOnlyList<Message>> ReceiveAsync() =>
            (await sqs.ReceiveMessageAsync(stack.QueueUrl())).Messages ?? [];
    }

    [Fact]
    public async Task Event_is_delivered_twice()
    {
        await using var stack = await EmulatedStack.StartAsync(
            EventsStack.With(EventsStack.OrdersToInbox), chaos: new() { Duplicate = 1 });

        await stack.PutAsync("""{"total":20}""");

        var messages = new HashSet<string>();
        while (messages.Count < 2)
        {
            messages.UnionWith((await stack.TakeAsync("Inbox")).Select(message => message.MessageId));
        }

        Assert.Contains(
            await stack.ReportsAsync(),
            report => report.StartsWith("EventBridge delivers an event of orders twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_is_delivered_late_and_not_never()
    {
        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(
            EventsStack.With(EventsStack.OrdersToInbox), clock, chaos: new() { Delay = 1 });

        await stack.PutAsync("""{"total":20}""");
        using var sqs = stack.Sqs();
        Assert.Empty((await sqs.ReceiveMessageAsync(stack.QueueUrl())).Messages ?? []);
        await clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Single(await stack.TakeAsync("Inbox"));
    }

    [Fact]
    public async Task Invocation_is_killed_in_the_middle_and_the_next_one_gets_a_new_process()
    {
        await using var bench = new LambdaBench(chaos: new() { Crash = 1 });
        var first = bench.InvokeAsync("""{"hang":true}""");
        await bench.UntilAsync(() => first.IsCompleted, TimeSpan.FromMilliseconds(20));

        Assert.True((bool)(await first)["failed"]!);
        Assert.Contains("signal: killed", (string?)(await first)["errorMessage"], StringComparison.Ordinal);
        Assert.True(await bench.ReportedAsync("crash"));
    }

    [Fact]
    public async Task Nothing_chaos_unless_it_is_asked_for()
    {
        await using var stack = await EmulatedStack.StartAsync(EventsStack.With(EventsStack.OrdersToInbox));

        await stack.PutAsync("""{"total":20}""");

        Assert.Single(await stack.TakeAsync("Inbox"));
        Assert.Empty(await stack.ReportsAsync());
    }
}
