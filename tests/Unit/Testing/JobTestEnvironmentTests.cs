using Jobs.Core.Engine;
using Jobs.Core.Objects;
using Microsoft.Extensions.Logging;

namespace Jobs.Tests.Unit.Testing;

/// <summary>The sample of the documentation and what else the environment promises.</summary>
public sealed class JobTestEnvironmentTests
{
    [Fact]
    public async Task Sample_of_the_documentation_works()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.csv"] = "h\n1\n" } };
        Assert.Equal(2, (await env.RunAsync(new LineCount(), env.Upload("incoming/a.csv"))).Lines);
        Assert.Equal("2", env.Objects["counts/incoming/a.csv"].Text);
        Assert.Equal(["counts/incoming/a.csv", "incoming/a.csv"], env.Objects.Keys);
        Assert.Equal([new JobProgress(1, "2 lines")], env.Progress);
        Assert.Equal(["Information: counted 2"], env.Log);
    }

    [Fact]
    public async Task Labels_that_the_job_adds_are_seen_and_checked_together_with_those_that_it_declares()
    {
        var env = new JobTestEnvironment();

        await env.RunAsync(new Labelled(), 3);

        Assert.Equal("billing", env.Labels["team"]);
        Assert.Equal("a=b", env.Labels["label-0"]);
        await Assert.ThrowsAsync<ArgumentException>(() => env.RunAsync(new Labelled(), 5));
    }

    [Fact]
    public async Task What_the_job_throws_comes_out_as_it_is()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.csv"] = Array.Empty<byte>() } };
        var failed = await Assert.ThrowsAsync<JobFailedException>(
            () => env.RunAsync(new LineCount(), env.Upload("incoming/a.csv")));
        Assert.Equal("The file is empty. Upload a CSV with a header.", failed.Message);
    }

    [Fact]
    public async Task Upload_to_another_bucket_is_read_there()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.csv"] = "one\n" } };
        env.ObjectsOf("acme-raw")["incoming/a.csv"] = "one\ntwo\n";

        var upload = env.Upload("incoming/a.csv", "acme-raw");

        Assert.Equal("acme-raw", upload.Bucket);
        Assert.Equal(2, (await env.RunAsync(new LineCount(), upload)).Lines);
        Assert.Equal(["incoming/a.csv"], env.ObjectsOf("acme-raw").Keys);
        Assert.Contains(
            "ObjectsOf(\"acme-raw\")[\"none\"]",
            Assert.Throws<KeyNotFoundException>(() => env.Upload("none", "acme-raw")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_reads_the_version_the_event_named()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.csv"] = "one\n" } };
        var upload = env.Upload("incoming/a.csv");
        env.Objects["incoming/a.csv"] = "one\ntwo\n";
        Assert.Equal(1, (await env.RunAsync(new LineCount(), upload)).Lines);
    }

    [Fact]
    public async Task Event_is_given_to_a_job_with_an_id_of_its_own()
    {
        var env = new JobTestEnvironment(new ManualClock());

        Assert.Equal(
            "event-1 com.example.test Test 2026-01-05T08:00:00.0000000+00:00 7",
            await env.RunAsync(new Auditing(), env.Event(7)));
        Assert.StartsWith(
            "event-2 shop Sold ",
            await env.RunAsync(new Auditing(), env.Event(7, "shop", "Sold")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_of_a_service_is_read_as_the_worker_reads_it()
    {
        const string Json =
            """{"id":"1","source":"shop","detail-type":"Sold","time":"2026-01-05T08:00:00Z","more":1,"detail":DETAIL}""";

        var sold = JobTestEnvironment.ReadEvent<int>(Json.Replace("DETAIL", "7", StringComparison.Ordinal));

        Assert.Equal(
            "1 shop Sold 2026-01-05T08:00:00.0000000+00:00 7",
            await new JobTestEnvironment().RunAsync(new Auditing(), sold));
        var misfit = Assert.Throws<System.Text.Json.JsonException>(
            () => JobTestEnvironment.ReadEvent<int>(Json.Replace("DETAIL", "[]", StringComparison.Ordinal)));
        Assert.Equal("$.detail", misfit.Path);
    }

    [Fact]
    public async Task Upload_without_version_is_refused_once_overwritten()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.csv"] = "one\n" } };
        var upload = env.Upload("incoming/a.csv") with { VersionId = null };
        env.Objects["incoming/a.csv"] = "two\n";
        await Assert.ThrowsAsync<ObjectChangedException>(() => env.RunAsync(new LineCount(), upload));
    }

    [Fact]
    public async Task Object_that_is_not_there_is_gone()
    {
        var env = new JobTestEnvironment();
        await Assert.ThrowsAsync<ObjectGoneException>(
            () => env.RunAsync(new LineCount(), new Upload(JobTestEnvironment.Bucket, "incoming/none")));
        Assert.Throws<KeyNotFoundException>(() => env.Upload("none"));
    }

    [Fact]
    public async Task Interruption_reaches_the_job_with_the_time_that_is_left()
    {
        var clock = new ManualClock();
        var env = new JobTestEnvironment(clock) { Notice = TimeSpan.FromSeconds(30), Launch = 3 };
        env.InterruptAfter(TimeSpan.FromMinutes(5));
        var job = new Waiting();

        var running = env.RunAsync(job, "input");
        await clock.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("launch 3 stopped: Interrupted, 01:00:00 left before and 00:00:30 after", await running);
    }

    [Fact]
    public async Task Interrupted_job_goes_on_where_it_was_and_its_result_clears_the_checkpoint()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "one\ntwo\nthree\n" } };
        var upload = env.Upload("incoming/a.txt");
        env.InterruptAt(0.5);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => env.RunAsync(new Resuming(), upload));
        Assert.Equal(2, env.Checkpoint<int>());

        Assert.Equal("from 2 to 3", await env.RunAsync(new Resuming(), upload));
        Assert.Equal(0, env.Checkpoint<int>());
    }

    [Fact]
    public async Task Checkpoint_of_an_earlier_attempt_is_given_in()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "one\ntwo\n" } };
        env.SetCheckpoint(1);
        Assert.Equal("from 1 to 2", await env.RunAsync(new Resuming(), env.Upload("incoming/a.txt")));
    }

    [Fact]
    public async Task Reason_of_an_interruption_is_the_one_that_was_asked_for()
    {
        var env = new JobTestEnvironment(new ManualClock());
        var running = env.RunAsync(new Waiting(), "input");
        env.Interrupt(StopReason.Cancelled);
        Assert.StartsWith("launch 1 stopped: Cancelled", await running, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read", "incoming/a.txt", null)]
    [InlineData("read", "incoming/A.TXT", null)]
    [InlineData("read", "lists/a.csv", null)]
    [InlineData("read", "incoming/a.csv", "[Reads(\"incoming/\")]")]
    [InlineData("read", "other.csv", "[Reads(\"\")]")]
    [InlineData("write", "counts/a", null)]
    [InlineData("write", "counts", "[Writes(\"\")]")]
    [InlineData("write", "lists/a.csv", "[Writes(\"lists/\")]")]
    [InlineData("list", "reports/2026", null)]
    [InlineData("list", "lists/", null)]
    [InlineData("list", "reports", "[Lists(\"\")]")]
    [InlineData("list", "counts/", "[Lists(\"counts/\")]")]
    public async Task Job_may_do_what_it_declares_and_no_more(string verb, string key, string? remedy)
    {
        var env = new JobTestEnvironment { Objects = { [key] = "one\n" } };

        var thrown = await Record.ExceptionAsync(
            () => env.RunAsync(new Declaring(verb, key), new Upload("any", "any", 0)));

        if (remedy is null) Assert.Null(thrown);
        else
        {
            Assert.Contains(
                $"{verb} '{key}'",
                Assert.IsType<UnauthorizedAccessException>(thrown).Message,
                StringComparison.Ordinal);
        }

        if (remedy is not null)
        {
            Assert.EndsWith($"Put {remedy} on its class.", thrown!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Handler_may_do_what_it_declares_and_no_more()
    {
        var env = new JobTestEnvironment();
        await env.HandleAsync(new Handling(), "letters/1");
        var refused = await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => env.HandleAsync(new Handling(), "other/1"));
        Assert.Contains("Put [Writes(\"other/\")]", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bucket_of_others_is_open() =>
        Assert.IsType<ObjectGoneException>(
            await Record.ExceptionAsync(
                () =>
                    new JobTestEnvironment().RunAsync(new Declaring("elsewhere", "any"), new Upload("any", "any", 0))));

    [OnUpload("incoming/", Suffix = ".txt")]
    [Reads("lists/")]
    [Writes("counts/")]
    [Lists("reports/")]
    private sealed class Declaring(string verb, string key) : IJob<Upload, string>
    {
        public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
        {
            if (verb == "read") await (await job.OpenAsync(key, stop)).DisposeAsync();
            if (verb == "elsewhere") await job.OpenAsync("elsewhere", key, stop);
            if (verb == "write") await job.WriteAsync(key, Stream.Null, "text/plain", stop);
            if (verb == "list") await foreach (var listed in job.ListAsync(key, stop)) Assert.NotNull(listed);
            return "";
        }
    }

    [OnQueue]
    [Writes("letters/")]
    private sealed class Handling : IMessageHandler<string>
    {
        public Task HandleAsync(string message, MessageContext context, CancellationToken stop) =>
            context.WriteAsync(message, Stream.Null, "text/plain", stop);
    }

    [OnUpload("incoming/")]
    private sealed class Resuming : IJob<Upload, string>
    {
        public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
        {
            var from = await job.ReadCheckpointAsync<int>(stop);
            using var text = new StreamReader(await job.OpenAsync(input, CancellationToken.None));
            var line = 0;
            while (await text.ReadLineAsync(CancellationToken.None) is not null)
            {
                if (++line <= from) continue;
                job.Progress(line / 3.0);
                if (stop.IsCancellationRequested)
                {
                    await job.SaveCheckpointAsync(line, stop);
                    stop.ThrowIfCancellationRequested();
                }
            }

            return $"from {from} to {line}";
        }
    }

    [OnUpload("incoming/")]
    [Writes("counts/")]
    private sealed class LineCount : IJob<Upload, LineCount.Counted>
    {
        public async Task<Counted> RunAsync(Upload input, JobContext job, CancellationToken stop)
        {
            using var text = new StreamReader(await job.OpenAsync(input, stop));
            var lines = 0;
            while (await text.ReadLineAsync(stop) is not null) lines++;
            if (lines == 0) throw new JobFailedException("The file is empty. Upload a CSV with a header.");
            job.Progress(1, $"{lines} lines");
            job.Logger.LogInformation("counted {Lines}", lines);
            using var content = new MemoryStream("2"u8.ToArray());
            await job.WriteAsync($"counts/{input.Key}", content, "text/plain", stop);
            return new Counted(lines);
        }

        internal sealed record Counted(long Lines);
    }

    [OnEvent(Source = "shop")]
    private sealed class Auditing : IJob<Event<int>, string>
    {
        public Task<string> RunAsync(Event<int> input, JobContext job, CancellationToken stop) => Task.FromResult(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{input.Id} {input.Source} {input.DetailType} {input.Time:O} {input.Detail}"));
    }

    private sealed class Waiting : IJob<string, string>
    {
        public async Task<string> RunAsync(string input, JobContext job, CancellationToken stop)
        {
            var before = job.TimeLeft;
            var stopped = new TaskCompletionSource();
            using var registration = stop.Register(stopped.SetResult);
            await stopped.Task;
            return $"launch {job.Launch} stopped: {job.Interrupted}, {before} left before and {job.TimeLeft} after";
        }
    }

    [Label("declared", "1")]
    private sealed class Labelled : IJob<int, int>
    {
        public Task<int> RunAsync(int input, JobContext job, CancellationToken stop)
        {
            job.Label("team", "billing");
            for (var number = 0; number < input; number++) job.Label($"label-{number}", "a=b");
            return Task.FromResult(input);
        }
    }
}
