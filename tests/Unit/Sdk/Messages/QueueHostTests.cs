using System.Text;
using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Workers;
using Jobs.Sdk.Messages;
using Microsoft.Extensions.Logging;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>The worker's process of a queue's job: as a run, and as a service's task.</summary>
public sealed class QueueHostTests
{
    [Fact]
    public async Task Run_drains_the_queue_and_records_what_became_of_the_messages()
    {
        using var host = new QueueHostScenario();
        for (var i = 0; i < 12; i++) host.Queue.Send($$"""{"number":{{i}}}""");

        var exit = await host.EndAsync(host.RunAsync(async (message, context, stop) =>
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes($"{context.Id} {context.Receives}"));
            await context.WriteAsync($"done/{message.Number}", content, "text/plain", stop);
        }));

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        var summary = JsonSerializer.Deserialize<DrainSummary>(host.Record!.ResultJson!, JsonSerializerOptions.Web)!;
        Assert.Equal((12, 0, 0), (summary.Handled, summary.Returned, summary.DeadLettered));
        Assert.InRange(summary.Seconds, 30, 600);
        Assert.Equal(12, host.Objects.Keys(QueueHostScenario.Bucket).Count);
        Assert.Equal("message-4 1", Encoding.UTF8.GetString(host.Objects.Read(QueueHostScenario.Bucket, "done/3")!));
        Assert.Equal(0, host.Queue.Count);
    }

    [Theory]
    [InlineData("this is not JSON", "The message is not JSON: ")]
    [InlineData("""{"number":"three"}""", "The message is not a Count: ")]
    [InlineData("""{"nummer":3}""", "The message is not a Count: ")]
    [InlineData("null", "The message is null")]
    [InlineData("[1]", "The message is not a Count: ")]
    public async Task Message_that_no_handler_can_take_is_a_dead_letter_at_once_with_the_remedy(
        string body, string reason)
    {
        using var host = new QueueHostScenario();
        host.Queue.Send(body);
        host.Queue.Send("""{"number":1}""");

        var exit = await host.EndAsync(host.RunAsync((_, _, _) => Task.CompletedTask));

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        var letter = Assert.Single(host.Queue.DeadLetters);
        Assert.Equal(body, letter.Body);
        var told = letter.Attributes["reason"].Text!;
        Assert.StartsWith(reason, told, StringComparison.Ordinal);
        Assert.Contains(
            """Job counted-handler takes {"type":"object","properties":{"number":{"type":"integer"}},"required":["number"]}""",
            told,
            StringComparison.Ordinal);
        Assert.Equal(host.Launch.Run.ToString(), letter.Attributes["jobs.run"].Text);
    }

    [Theory]
    [InlineData("""{"Number":7}""")]
    [InlineData("""{"NUMBER":7}""")]
    public async Task Members_of_a_message_are_taken_whatever_their_case(string body)
    {
        using var host = new QueueHostScenario();
        host.Queue.Send(body);
        var taken = 0;

        await host.EndAsync(host.RunAsync((message, _, _) => Task.FromResult(taken = message.Number)));

        Assert.Equal(7, taken);
        Assert.Empty(host.Queue.DeadLetters);
    }

    [Fact]
    public async Task Run_in_which_the_handler_fails_every_time_has_failed_with_its_error()
    {
        using var host = new QueueHostScenario();
        for (var i = 0; i < QueueWork.FailuresOfTheHandler; i++) host.Queue.Send($$"""{"number":{{i}}}""");

        var exit = await host.EndAsync(host.RunAsync((_, _, _) => throw new IOException("The database is away.")));

        Assert.Equal(WorkerExitCodes.JobFailed, exit);
        Assert.EndsWith("The last error: The database is away.", host.Record!.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(10, host.Queue.DeadLetters.Count);
    }

    [Fact]
    public async Task Run_whose_handlers_aws_did_not_answer_is_not_the_jobs_failure()
    {
        using var host = new QueueHostScenario();
        for (var i = 0; i < QueueWork.FailuresOfTheHandler; i++) host.Queue.Send($$"""{"number":{{i}}}""");
        var outage = new FormatException("Row 7.", new AwsUnavailableException("s3://b/k", new IOException("reset")));

        var exit = await host.EndAsync(host.RunAsync((_, _, _) => throw outage));

        Assert.Equal(WorkerExitCodes.AwsUnavailable, exit);
        Assert.EndsWith("Last: Row 7.", host.Record!.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_whose_few_messages_were_poison_has_done_its_work()
    {
        using var host = new QueueHostScenario();
        host.Queue.Send("""{"number":1}""");

        Assert.Equal(
            WorkerExitCodes.Succeeded,
            await host.EndAsync(host.RunAsync((_, _, _) => throw new IOException("poison"))));

        var summary = JsonSerializer.Deserialize<DrainSummary>(host.Record!.ResultJson!, JsonSerializerOptions.Web)!;
        Assert.Equal((0, 1, 1), (summary.Handled, summary.Returned, summary.DeadLettered));
    }

    [Fact]
    public async Task Sigterm_gives_the_messages_back_and_exits_interrupted()
    {
        using var host = new QueueHostScenario();
        for (var i = 0; i < 4; i++) host.Queue.Send($$"""{"number":{{i}}}""");
        var (begun, seen) = (0, StopReason.None);
        var running = host.RunAsync(async (_, context, stop) =>
        {
            Interlocked.Increment(ref begun);
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
            seen = context.Interrupted;
            stop.ThrowIfCancellationRequested();
        });
        await Eventually.TrueAsync(() => begun == 4);

        host.SendSigterm();
        await Eventually.TrueAsync(() => host.Queue.Visible == 4);

        Assert.Equal(WorkerExitCodes.Interrupted, await host.EndAsync(running));
        Assert.Equal(StopReason.Interrupted, seen);
        Assert.False(host.Record!.HasResult);
    }

    [Fact]
    public async Task Run_submitted_by_a_handler_is_named_by_the_message_and_is_no_runs_child()
    {
        using var host = new QueueHostScenario();
        host.Queue.Send("""{"number":1}""");

        await host.EndAsync(host.RunAsync(async (_, context, stop) =>
        {
            await context.SubmitAsync<ScriptedJob>(new Upload("b", "k"), stop);
            await context.SubmitAsync<ScriptedJob>(new Upload("b", "l"), stop);
        }));

        var commands = host.RunChildren.Sent.Select(body => JsonSerializer.Deserialize<JsonElement>(body)).ToList();
        Assert.Equal(["message-1/0", "message-1/1"], commands.Select(command => command.GetProperty("id").GetString()));
        Assert.All(commands, command => Assert.False(command.TryGetProperty("parent", out _)));
    }

    [Fact]
    public async Task Lines_carry_the_run_and_the_message_that_they_are_about()
    {
        using var host = new QueueHostScenario();
        host.Queue.Send("""{"number":7}""");

        await host.EndAsync(host.RunAsync((message, context, _) =>
        {
            context.Logger.LogInformation("got {Number}", message.Number);
            return Task.CompletedTask;
        }));

        var line = host.Lines.Single(line => line.GetProperty("message").GetString() == "got 7");
        Assert.Equal(
            ("message-1", host.Launch.Run.ToString()),
            (line.GetProperty("messageId").GetString(), line.GetProperty("run").GetString()));
        Assert.Contains(host.Lines, other => !other.TryGetProperty("messageId", out _));
    }

    [Fact]
    public async Task Service_task_claims_no_run_goes_on_when_idle_and_ends_well_when_told_to()
    {
        using var host = new QueueHostScenario(service: true);
        host.Queue.Send("""{"number":1}""");
        var handled = 0;
        var running = host.RunAsync((_, context, _) =>
        {
            context.Logger.LogInformation("handled");
            Interlocked.Increment(ref handled);
            return Task.CompletedTask;
        });
        await Eventually.TrueAsync(() => handled == 1);
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(running.IsCompleted);
        host.Queue.Send("""{"number":2}""");
        await Eventually.TrueAsync(() => handled == 2 && host.Queue.Count == 0);

        host.SendSigterm();

        Assert.Equal(WorkerExitCodes.Succeeded, await host.EndAsync(running));
        Assert.Empty(host.Records.Calls);
        var line = host.Lines.First(line => line.GetProperty("message").GetString() == "handled");
        Assert.Equal(
            ("counted-handler", QueueHostScenario.Task),
            (line.GetProperty("job").GetString(), line.GetProperty("task").GetString()));
        Assert.False(line.TryGetProperty("run", out _));
    }

    [Fact]
    public async Task Service_task_is_protected_from_scale_in_while_it_has_a_message_and_for_a_moment_after()
    {
        using var host = new QueueHostScenario(service: true);
        var gate = new TaskCompletionSource();
        var running = host.RunAsync((_, _, _) => gate.Task);
        host.Queue.Send("""{"number":1}""");
        await Eventually.TrueAsync(() => host.Protection.Asked.SequenceEqual([true]));

        gate.SetResult();
        await Eventually.TrueAsync(() => host.Queue.Count == 0);
        Assert.Equal([true], host.Protection.Asked);
        await Eventually.TrueAsync(() =>
        {
            host.Clock.Advance(ScaleInProtection.Moment);
            return host.Protection.Asked.SequenceEqual([true, false]);
        });

        host.SendSigterm();
        Assert.Equal(WorkerExitCodes.Succeeded, await host.EndAsync(running));
    }

    [Fact]
    public async Task Job_without_a_queue_cannot_be_a_service()
    {
        using var host = new QueueHostScenario(service: true);
        host.Variables[EnvironmentNames.Job] = "scripted-job";

        Assert.Equal(WorkerExitCodes.HostFailed, await host.RunAsync((_, _, _) => Task.CompletedTask));
        Assert.Contains(
            "Job 'scripted-job' takes no messages, so no service can run it", host.Error, StringComparison.Ordinal);
    }
}
