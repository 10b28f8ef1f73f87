using System.Text;
using Lapstack.Ports;
using Lapstack.Services.Lambda;

namespace Lapstack.Tests.Lambda;

public sealed class AsyncInvocationsTests
{
    [Fact]
    public async Task Event_is_accepted_before_the_function_runs()
    {
        await using var bench = new LambdaBench();

        var result = await SendAsync(bench, """{"print":"ran"}""");

        Assert.Equal(202, result.StatusCode);
        await bench.UntilAsync(() => Ran(bench, "ran") == 1);
        Assert.Empty(bench.Sent);
    }

    [Fact]
    public async Task Failing_event_is_tried_again_after_one_and_after_two_minutes_and_then_goes_to_the_destination()
    {
        await using var bench = new LambdaBench();
        bench.Store.InvokeSettings["worker"] = new EventInvokeSettings { OnFailureArn = LambdaBench.QueueArn };
        var begin = bench.Clock.GetUtcNow();

        await SendAsync(bench, """{"fail":"no luck","print":"try"}""");
        await bench.UntilAsync(() => Ran(bench, "try") == 1 && Waiting(bench) is { Attempts: 1 });
        await bench.Clock.TimerAtAsync(begin.AddMinutes(1));
        Assert.Equal(begin.AddMinutes(1), Waiting(bench)!.NotBefore);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.UntilAsync(() => Waiting(bench) is { Attempts: 2 });
        await bench.Clock.TimerAtAsync(begin.AddMinutes(3));
        Assert.Empty(bench.Sent);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.UntilAsync(() => !bench.Sent.IsEmpty);

        // What it printed comes a moment after what it answered.
        await bench.UntilAsync(() => Ran(bench, "try") >= 3);
        Assert.Equal(3, Ran(bench, "try"));
        var (arn, record) = Assert.Single(bench.Sent);
        Assert.Equal(LambdaBench.QueueArn, arn);
        Assert.Equal("1.0", record["version"]!.GetValue<string>());
        Assert.Equal("RetriesExhausted", record["requestContext"]!["condition"]!.GetValue<string>());
        Assert.Equal(3, record["requestContext"]!["approximateInvokeCount"]!.GetValue<int>());
        Assert.Equal("no luck", record["requestPayload"]!["fail"]!.GetValue<string>());
        Assert.Equal("Unhandled", record["responseContext"]!["functionError"]!.GetValue<string>());
        Assert.Equal("no luck", record["responsePayload"]!["errorMessage"]!.GetValue<string>());
        await bench.UntilAsync(() => Waiting(bench) is null);
    }

    [Fact]
    public async Task Event_older_than_its_age_is_not_tried_again()
    {
        await using var bench = new LambdaBench();
        bench.Store.InvokeSettings["worker"] =
            new EventInvokeSettings { MaximumEventAge = TimeSpan.FromSeconds(90), OnFailureArn = LambdaBench.TopicArn };

        var begin = bench.Clock.GetUtcNow();
        await SendAsync(bench, """{"fail":"no luck","print":"try"}""");
        await bench.Clock.TimerAtAsync(begin.AddMinutes(1));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Clock.TimerAtAsync(begin.AddMinutes(3));
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.UntilAsync(() => !bench.Sent.IsEmpty);

        var (arn, record) = Assert.Single(bench.Sent);
        Assert.Equal(LambdaBench.TopicArn, arn);
        Assert.Equal("EventAgeExceeded", record["requestContext"]!["condition"]!.GetValue<string>());
        await bench.UntilAsync(() => Ran(bench, "try") >= 2);
        Assert.Equal(2, Ran(bench, "try"));
    }

    [Fact]
    public async Task Destination_the_role_may_not_use_is_reported_and_gets_nothing()
    {
        await using var bench = new LambdaBench();
        bench.Refused = "sqs:SendMessage";
        bench.Store.InvokeSettings["worker"] = new EventInvokeSettings
        {
            MaximumRetryAttempts = 0,
            OnFailureArn = LambdaBench.QueueArn,
        };

        await SendAsync(bench, """{"fail":"no luck"}""");
        await bench.UntilAsync(() => Waiting(bench) is null);

        Assert.Empty(bench.Sent);
        Assert.True(await bench.ReportedAsync("DestinationDeliveryFailures"));
    }

    [Fact]
    public async Task Event_that_waited_when_the_emulator_ended_is_delivered_after_the_restart()
    {
        await using var bench = new LambdaBench();
        await SendAsync(bench, """{"hang":true,"print":"first"}""");
        await bench.UntilAsync(() => Ran(bench, "first") == 1);
        await bench.Asynchronous.StopAsync();
        Assert.NotNull(Waiting(bench));

        using var restarted = bench.Restarted();
        await restarted.StartAsync(CancellationToken.None);

        await bench.UntilAsync(() => Ran(bench, "first") == 2);
        await restarted.StopAsync();
    }

    private static Task<InvocationResult> SendAsync(LambdaBench bench, string @event) =>
        bench.Functions.InvokeAsync(
            bench.Function.Arn, Encoding.UTF8.GetBytes(@event), InvocationType.Event, CancellationToken.None);

    private static AsyncEvent? Waiting(LambdaBench bench) => bench.WaitingEvents().SingleOrDefault();

    private static int Ran(LambdaBench bench, string printed) =>
        (bench.Logs.Find("/aws/lambda/worker")?.Streams ?? [])
            .SelectMany(s => s.Read())
            .Count(e => e.Message == printed);
}
