using System.Text;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Alerts;

public sealed class AlertWriterTests
{
    private static readonly AlertWriter Writer = WriterOf("shop", new JobDefinition("line-count"));

    private static readonly Run Failed = Sample.In(RunState.Failed) with
    {
        Verdict = new Verdict(
            VerdictClass.JobFailed, VerdictAction.GiveUp, "The file is empty.", "Upload a CSV with a header."),
        EndedAt = Sample.Now,
    };

    private static readonly AlertCause Cause = new(AlertCauseKey.OfFailure(Failed, null))
    {
        AlertId = Failed.Id.Key[..8],
        FirstRun = Failed.Id.Key,
        OpenedAt = Sample.Now,
        LastAt = Sample.Now,
    };

    [Fact]
    public void Alert_reads_like_this()
    {
        var attempt = new Attempt(new LaunchId(Failed.Id, 3), 1, Failed.Verdict!)
        {
            StartedAt = Sample.Now.AddSeconds(-90),
            EndedAt = Sample.Now,
            ExitCode = 64,
            Size = new TaskSize(256, 512),
            Billed = TimeSpan.FromSeconds(100),
            LogTail = ["07:59:58 INFO reading incoming/it's.csv", "07:59:59 FAIL no header"],
            Error = new WorkerError(
                "EmptyFile", "The file is empty.",
                "EmptyFile: The file is empty.\n   at Csv.Read()\n   at Import.RunAsync()", false),
        };

        var alert = Writer.ForFirst(
            Cause,
            new RunDossier(new RunReading(Failed, null), new Upload("inbox", "incoming/it's.csv", 0), [attempt]));

        Assert.Equal($"shop: line-count failed for good: The file is empty. [{Failed.Id.Key[..8]}]", alert.Subject);
        Assert.Equal(
            $"""
            line-count failed for good.

            WHAT HAPPENED
            The file is empty.

            WHAT TO DO
            Upload a CSV with a header.

            THE RUN
            Id:      {Failed.Id}
            Started: 2026-01-05 07:00:00 UTC
            By:      upload incoming/*
            Ended:   2026-01-05 08:00:00 UTC
            Upload:  s3://inbox/incoming/it's.csv
            Cost:    about $0.0003 for 100 s of Fargate (us-east-1 prices)

            ATTEMPTS (1)
            3. JobFailed, exit code 64, 90 s
               0.25 vCPU, 512 MiB
               The file is empty.

            STACK TRACE
               at Csv.Read()
               at Import.RunAsync()

            LAST LOG LINES
            07:59:58 INFO reading incoming/it's.csv
            07:59:59 FAIL no header

            WHERE TO LOOK
            Task: https://eu-central-1.console.aws.amazon.com/ecs/v2/clusters/shop-cluster/tasks/1?region=eu-central-1
            Log:  https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group/$252Fjobs$252Fshop$252Fline-count/log-events/worker$252Fworker$252F1
            Or:   aws logs tail /jobs/shop/line-count --log-stream-names worker/worker/1 --since 1d

            TO START IT AGAIN
            dotnet jobs retry {Failed.Id} --stack shop
            Or upload the file again, or copy it onto itself:
            aws s3 cp 's3://inbox/incoming/it'\''s.csv' 's3://inbox/incoming/it'\''s.csv' --metadata-directive REPLACE

            """.ReplaceLineEndings("\n"),
            alert.Body.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_a_job_says_on_purpose_has_no_stack()
    {
        var attempt = new Attempt(new LaunchId(Failed.Id, 1), 1, Failed.Verdict!)
        {
            Error = new WorkerError("Jobs.JobFailedException", "The file is empty.", "   at Csv.Read()", false),
        };

        var alert = Writer.ForFirst(Cause, new RunDossier(new RunReading(Failed, null), null, [attempt]));

        Assert.DoesNotContain("STACK TRACE", alert.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Die Datei „Übergröße“ ist leer.\r\nZeile 2 😀\t\u0000")]
    [InlineData("A very long sentence that goes on and on and on, telling all the details of what has happened here, " +
        "and more.")]
    [InlineData("")]
    public void Subject_is_what_sns_takes_and_ends_in_the_alerts_id(string sentence)
    {
        var run = Failed with
        {
            Verdict = new Verdict(VerdictClass.JobFailed, VerdictAction.GiveUp, sentence, "Look."),
        };

        var subject = Writer.ForFirst(Cause, new RunDossier(new RunReading(run, null), null, [])).Subject;

        Assert.Matches("^[!-~][ -~]{0,98}$", subject);
        Assert.EndsWith($" [{run.Id.Key[..8]}]", subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_that_drains_a_queue_is_not_offered_to_be_started_again()
    {
        var body = Writer.ForFirst(
            Cause, new RunDossier(new RunReading(Failed with { Trigger = BacklogWatch.Trigger }, null), null, [])).Body;

        Assert.DoesNotContain("dotnet jobs retry", body, StringComparison.Ordinal);
        Assert.Contains("dotnet jobs dead-letters LineCount --stack shop", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("upload incoming/*")]
    [InlineData("schedule hourly 2026-01-05T08:00Z")]
    [InlineData("command submit")]
    public void End_of_a_storm_has_one_command_for_all_of_it_whatever_started_the_runs(string trigger)
    {
        var upload = trigger.StartsWith("upload", StringComparison.Ordinal)
            ? new Upload("inbox", "incoming/a.csv")
            : null;
        var sample = new RunDossier(new RunReading(Failed with { Trigger = trigger }, null), upload, []);
        var storm = Cause with { Count = 7, LastAt = Sample.Now.AddSeconds(95) };

        var lines = Writer.ForEnd(storm, [sample], Sample.Now.AddHours(-3).AddSeconds(20)).Body.ReplaceLineEndings("\n")
            .Split('\n');

        Assert.Equal(
            ["dotnet jobs replay --failed --job line-count --from 2026-01-05T05:00Z --to 2026-01-05T08:02Z --stack shop"],
            lines.Where(line => line.StartsWith("dotnet jobs", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.StartsWith("aws s3 cp", StringComparison.Ordinal));
    }

    [Fact]
    public void End_of_a_storm_of_runs_that_drain_a_queue_says_where_the_messages_are()
    {
        var sample = new RunDossier(new RunReading(Failed with { Trigger = BacklogWatch.Trigger }, null), null, []);

        var body = Writer.ForEnd(Cause with { Count = 7 }, [sample], Sample.Now).Body;

        Assert.Contains("dotnet jobs dead-letters LineCount --stack shop", body, StringComparison.Ordinal);
        Assert.DoesNotContain("replay", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Subject_fits_even_for_the_longest_names()
    {
        var run = Failed with { Verdict = null };
        var writer = WriterOf(new string('s', 128));

        Assert.InRange(
            writer.ForFirst(Cause, new RunDossier(new RunReading(run, null), null, [])).Subject.Length, 1, 99);
    }

    [Theory]
    [InlineData("incoming/red flower (1) + blue.jpg")]
    [InlineData("incoming/100%25 done/a%2Fb+c")]
    [InlineData("incoming/\"quoted\" $(rm -rf ~) `x` ; & | *")]
    [InlineData("incoming/it's 'so' '")]
    public async Task Command_survives_a_shell_with_the_key_as_it_is(string key)
    {
        var body = Writer.ForFirst(
            Cause, new RunDossier(new RunReading(Failed, null), new Upload("inbox", key), [])).Body;
        var command = body.Split('\n').Single(line => line.StartsWith("aws s3 cp", StringComparison.Ordinal));

        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", command.Replace("aws s3 cp", "printf '%s\\n'", StringComparison.Ordinal) },
            RedirectStandardOutput = true,
        })!;
        var printed = (await shell.StandardOutput.ReadToEndAsync()).Split('\n');
        await shell.WaitForExitAsync();

        Assert.Equal([$"s3://inbox/{key}", $"s3://inbox/{key}"], printed[..2]);
    }

    [Fact]
    public void Body_stays_within_snss_limit_for_the_worst_of_runs()
    {
        var log = Enumerable.Repeat(new string('ü', 500), 20).ToList();
        var verdict = new Verdict(VerdictClass.JobFailed, VerdictAction.Retry, new string('ü', 400), "Look.");
        var attempts = Enumerable.Range(1, 40)
            .Select(i => new Attempt(new LaunchId(Failed.Id, i), i, verdict) { LogTail = log })
            .ToList();

        var body = Writer.ForFirst(
            Cause,
            new RunDossier(new RunReading(Failed, null), new Upload("inbox", new string('ü', 512)), attempts)).Body;

        Assert.InRange(Encoding.UTF8.GetByteCount(body), 1, 256 * 1_024);
    }

    private static AlertWriter WriterOf(string stack, params JobDefinition[] jobs) =>
        new(new StackInfo(stack, "eu-central-1", $"{stack}-cluster"), new JobCatalog(jobs));
}
