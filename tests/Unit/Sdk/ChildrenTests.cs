using System.Text;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Commands;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Sdk.Children;
using Jobs.Sdk.Standalone;
using Jobs.Tests.InMemory;

namespace Jobs.Tests.Unit.Sdk;

public sealed class ChildrenTests
{
    [Fact]
    public async Task Job_that_awaits_its_children_ends_with_code_80_and_notes_how_many()
    {
        using var host = new HostScenario();

        var exit = await host.RunAsync(async (job, stop) =>
        {
            Assert.Empty(await job.ChildrenAsync(stop));
            await job.SubmitAsync<Part>([new Slice(1, 10), new Slice(11, 20)], stop);
            await job.SubmitAsync<Part>([new Slice(21, 30)], stop);
            throw job.AwaitChildren();
        });

        Assert.Equal((WorkerExitCodes.AwaitingChildren, 3), (exit, host.Record.Children));
        Assert.Null(host.Record.Error);
        Assert.Equal(
            [
                ("part", """{"from":1,"to":10}""", 0), ("part", """{"from":11,"to":20}""", 1),
                ("part", """{"from":21,"to":30}""", 2),
            ],
            host.RunChildren.Sent.Select(CommandReader.Read)
                .Cast<Command.Submit>()
                .Select(submit => (submit.Job, submit.Input, submit.Index)));
        Assert.All(
            host.RunChildren.Sent.Select(CommandReader.Read).Cast<Command.Submit>(),
            submit => Assert.Equal(host.Launch.Run, submit.Parent));
    }

    [Fact]
    public async Task Next_phase_has_the_children_with_their_results_and_submits_behind_them()
    {
        using var host = new HostScenario();
        host.RunChildren.Add(Ended(host, 0, RunState.Succeeded), """{"sum":55}""");
        host.RunChildren.Add(Ended(host, 1, RunState.Failed) with { Error = "No." }, null);
        host.RunChildren.Add(Ended(host, 2, RunState.Succeeded), null, "_jobs/results/part/big.json");
        host.Objects.Put(HostScenario.Bucket, "_jobs/results/part/big.json", """{"sum":255}"""u8.ToArray());

        var exit = await host.RunAsync(async (job, stop) =>
        {
            var children = await job.ChildrenAsync(stop);
            Assert.Equal(
                [(0, RunState.Succeeded, null), (1, RunState.Failed, "No."), (2, RunState.Succeeded, null)],
                children.Select(child => (child.Index, child.State, child.Error)));
            var sum = (
                await job.ResultAsync<Sum>(children[0], stop)).Value + (
                    await job.ResultAsync<Sum>(children[2], stop)).Value;
            Assert.Contains(
                "it is Failed",
                (
                    await Assert.ThrowsAsync<InvalidOperationException>(() =>
                        job.ResultAsync<Sum>(children[1], stop))).Message,
                StringComparison.Ordinal);
            await job.SubmitAsync<Part>([new Slice(0, 0)], stop);
            return $"{sum}";
        });

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        Assert.Equal("""{"text":"310"}""", host.Record.ResultJson);
        Assert.Equal(3, ((Command.Submit)CommandReader.Read(Assert.Single(host.RunChildren.Sent))).Index);
    }

    [Fact]
    public async Task Awaiting_nothing_is_an_error_with_the_remedy()
    {
        using var host = new HostScenario();

        var exit = await host.RunAsync((job, _) => throw job.AwaitChildren());

        Assert.Equal(WorkerExitCodes.JobFailed, exit);
        Assert.Contains("call SubmitAsync", host.Record.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_of_another_type_too_large_or_one_too_many_is_refused_before_anything_is_sent()
    {
        using var host = new HostScenario();

        await host.RunAsync(async (job, stop) =>
        {
            Assert.Contains(
                "Input 1 is a String, but job 'part' takes a Slice",
                await RefusedAsync(() => job.SubmitAsync<Part>([new Slice(1, 2), "x"], stop)),
                StringComparison.Ordinal);
            Assert.Contains(
                "at most 262,144 fit",
                await RefusedAsync(() => job.SubmitAsync<Reader>([new string('x', RunRequest.MaxInputBytes)], stop)),
                StringComparison.Ordinal);
            Assert.Contains(
                "would have 10,001",
                await RefusedAsync(() => job.SubmitAsync<Part>(Enumerable.Repeat(new Slice(1, 2), 10_001), stop)),
                StringComparison.Ordinal);
            return "";
        });

        Assert.Empty(host.RunChildren.Sent);

        static async Task<string> RefusedAsync(Func<Task> submit) =>
            (await Assert.ThrowsAsync<ArgumentException>(submit)).Message;
    }

    [Fact]
    public async Task Submissions_side_by_side_keep_their_places_whichever_is_answered_first()
    {
        var port = new HeldChildren();
        var children = new RunChildren(new LaunchId(RunId.From("total", "one"), 2), () => port, (_, _) =>
            throw new NotSupportedException());

        var first = children.SubmitAsync(typeof(Part), [new Slice(1, 1)], default);
        var second = children.SubmitAsync(typeof(Part), [new Slice(2, 2), new Slice(3, 3)], default);
        port.Answers[1].SetResult(5);
        await second;
        port.Answers[0].SetResult(5);
        await first;

        Assert.Equal(
            [(6, """{"from":2,"to":2}"""), (7, """{"from":3,"to":3}"""), (5, """{"from":1,"to":1}""")],
            port.Sent.Select(CommandReader.Read).Cast<Command.Submit>().Select(submit => (submit.Index, submit.Input)));
        Assert.Equal(8, children.Await().Children);
    }

    [Theory]
    [InlineData("part", 9, "with another input, and it stays as it is")]
    [InlineData("other", 1, "of job 'other' and not of 'part'")]
    public async Task Attempt_that_submits_another_input_in_a_childs_place_fails_for_good_and_sends_nothing(
        string job, int from, string differs)
    {
        using var host = new HostScenario();
        host.RunChildren.Register(Registered(host, "part", 0, new Slice(1, 10)));
        host.RunChildren.Register(Registered(host, job, 1, new Slice(from, 20)));

        var exit = await host.RunAsync(async (context, stop) =>
        {
            await context.SubmitAsync<Part>([new Slice(1, 10)], stop);
            await context.SubmitAsync<Part>([new Slice(1, 20), new Slice(21, 30)], stop);
            throw context.AwaitChildren();
        });

        Assert.Equal((WorkerExitCodes.JobFailed, false), (exit, host.Record.Error!.Retryable));
        Assert.Contains($"submitted its child 1 {differs}", host.Record.Error.Message, StringComparison.Ordinal);
        Assert.Contains("same inputs in the same order", host.Record.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, ((Command.Submit)CommandReader.Read(Assert.Single(host.RunChildren.Sent))).Index);
    }

    [Fact]
    public async Task Attempt_that_submits_the_same_again_goes_on()
    {
        using var host = new HostScenario();
        host.RunChildren.Register(Registered(host, "part", 0, new Slice(1, 10)));

        var exit = await host.RunAsync(async (job, stop) =>
        {
            await job.SubmitAsync<Part>([new Slice(1, 10), new Slice(11, 20)], stop);
            throw job.AwaitChildren();
        });

        Assert.Equal(
            (WorkerExitCodes.AwaitingChildren, 2, 2), (exit, host.Record.Children, host.RunChildren.Sent.Count));
    }

    private static ChildRun Registered(HostScenario host, string job, int index, Slice input) =>
        new(index, ChildRun.IdOf(job, host.Launch.Run, index))
        {
            Fingerprint = InputFingerprint.Of(job, $$"""{ "to": {{input.To}}, "from": {{input.From}} }"""),
        };

    [Fact]
    public async Task Both_phases_of_a_job_are_tested_in_memory()
    {
        var first = new JobTestEnvironment();
        await Assert.ThrowsAsync<ChildrenAwaitedException>(() => first.RunAsync(new Total(), 20));
        Assert.Equal([("part", """{"from":1,"to":10}"""), ("part", """{"from":11,"to":20}""")], first.Submitted);

        var second = new JobTestEnvironment();
        second.AddChild("part", new Sum(55));
        second.AddChild("part", new Sum(155));
        Assert.Equal(210, (await second.RunAsync(new Total(), 20)).Value);
    }

    [Fact]
    public void Submitted_jobs_are_declared() =>
        Assert.Equal(["part", "nightly-etl"], JobDefinitions.From(typeof(Total)).Submits);

    private static ChildRun Ended(HostScenario host, int index, RunState state) =>
        new(index, ChildRun.IdOf("part", host.Launch.Run, index)) { State = state };

    /// <summary>Answers how many were awaited when the test says so.</summary>
    private sealed class HeldChildren : IWorkerChildren
    {
        private readonly InMemoryWorkerChildren _family = new();

        public List<TaskCompletionSource<int>> Answers { get; } = [];

        public IReadOnlyCollection<string> Sent => _family.Sent;

        public Task SendAsync(IReadOnlyList<string> bodies, CancellationToken cancellation) =>
            _family.SendAsync(bodies, cancellation);

        public Task<int> AwaitedAsync(RunId run, CancellationToken cancellation)
        {
            Answers.Add(new TaskCompletionSource<int>());
            return Answers[^1].Task;
        }

        public Task<IReadOnlyList<ChildRun>> ChildrenAsync(RunId run, CancellationToken cancellation) =>
            _family.ChildrenAsync(run, cancellation);

        public Task<(string? Json, string? Key)> ResultAsync(RunId child, CancellationToken cancellation) =>
            _family.ResultAsync(child, cancellation);
    }

    public sealed record Slice(int From, int To);

    public sealed record Sum([property: System.Text.Json.Serialization.JsonPropertyName("sum")] int Value);

    public sealed class Part : IJob<Slice, Sum>
    {
        public Task<Sum> RunAsync(Slice input, JobContext job, CancellationToken stop) =>
            Task.FromResult(new Sum(Enumerable.Range(input.From, input.To - input.From + 1).Sum()));
    }

    public sealed class Reader : IJob<string, Sum>
    {
        public Task<Sum> RunAsync(string input, JobContext job, CancellationToken stop) =>
            Task.FromResult(new Sum(Encoding.UTF8.GetByteCount(input)));
    }

    [Submits<Part>]
    [Submits("nightly-etl")]
    public sealed class Total : IJob<int, Sum>
    {
        public async Task<Sum> RunAsync(int input, JobContext job, CancellationToken stop)
        {
            var parts = await job.ChildrenAsync(stop);
            if (parts.Count == 0)
            {
                var slices = Enumerable.Range(0, input / 10)
                    .Select(part => new Slice((part * 10) + 1, (part + 1) * 10));
                await job.SubmitAsync<Part>(slices, stop);
                throw job.AwaitChildren();
            }

            var sum = 0;
            foreach (var part in parts) sum += (await job.ResultAsync<Sum>(part, stop)).Value;
            return new Sum(sum);
        }
    }
}
