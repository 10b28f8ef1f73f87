using System.Globalization;
using Amazon.S3.Model;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Spectre.Console;

namespace Jobs.Local.Demo;

/// <summary>Two uploads to csv-import, a sound file and a broken one, each followed to its end.</summary>
internal sealed class UploadDemo(Laptop laptop, string samples, IAnsiConsole console, TimeProvider clock)
{
    private const string Job = "csv-import";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>After a run's end, for the hops that report it to be printed before its result.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <returns>Whether both ended as they should.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var sound = await FollowAsync("gdp.csv", cancellation);
        if (sound is { Run.State: RunState.Succeeded, Worker.ResultJson: { } result })
        {
            Headline($"The result of {sound.Run.Id}");
            new ResultPrinter(console).Print(result);
        }

        var mail = new MailWatch(laptop.Activity, clock.GetUtcNow());
        var broken = await FollowAsync("broken.csv", cancellation);
        if (broken is not null)
        {
            var letter = await WhyNoneAsync(broken.Run.Id, cancellation)
                ?? await mail.AboutAsync(broken.Run.Id, Patience, clock, cancellation);
            Headline("The e-mail the admin got");
            console.Write(new Panel(new Text(Legible.Of(letter))) { Border = BoxBorder.Rounded });
        }

        return sound?.Run.State == RunState.Succeeded && broken?.Run.State == RunState.Failed;
    }

    /// <returns>Null unless the admin has already been told of the same cause: in an earlier demo, less than half an
    /// hour ago.</returns>
    private async Task<string?> WhyNoneAsync(RunId run, CancellationToken cancellation)
    {
        var open = await laptop.AlertCauses.OpenAsync(cancellation);
        var told = open.Causes.FirstOrDefault(cause => cause.FirstRun != run.Key && cause.Knows(AlertMember.Of(run)));
        return told is null
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"None this time: of this cause the admin was told at {told.OpenedAt:HH:mm} UTC (alert {told.AlertId}). It has met {told.Count} runs so far; an e-mail will say when it is over.");
    }

    private async Task<RunReading?> FollowAsync(string file, CancellationToken cancellation)
    {
        var key = "incoming/" + file;
        Headline($"aws s3 cp samples/{file} s3://{laptop.Bucket}/{key}");
        var begin = clock.GetTimestamp();
        var path = Path.Combine(samples, file);
        var put = await laptop.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = laptop.Bucket, Key = key, FilePath = path }, cancellation);
        var upload = new Upload(laptop.Bucket, key) { VersionId = put.VersionId, ETag = put.ETag.Trim('"') };
        var ended = await EndOfAsync(UploadIntake.Identify(Job, upload), cancellation);
        var took = clock.GetElapsedTime(begin).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        await Task.Delay(Settle, clock, cancellation);
        if (ended is null)
        {
            console.MarkupLineInterpolated(
                $"[red]{key} has no ending after {Patience.TotalMinutes} minutes.[/] Look at the hops above.");
        }
        else
        {
            var sentence = Legible.Of(ended.Run.Verdict?.Sentence ?? "");
            console.MarkupLineInterpolated($"[bold]{ended.Run.Id} {ended.Run.State}[/] after {took} s: {sentence}");
        }

        return ended;
    }

    private async Task<RunReading?> EndOfAsync(RunId id, CancellationToken cancellation)
    {
        for (var begin = clock.GetTimestamp(); clock.GetElapsedTime(begin) < Patience; await Task.Delay(
            Poll, clock, cancellation))
        {
            // Over is not enough: what the run owes, the e-mail first of all, is part of its end.
            if (await laptop.Runs.ReadAsync(id, cancellation) is { Run: { IsOver: true, Owed.IsEmpty: true } } reading)
            {
                return reading;
            }
        }

        return null;
    }

    private void Headline(string text)
    {
        console.WriteLine();
        console.Write(new Rule(Markup.Escape(text)) { Justification = Justify.Left, Style = new Style(Color.Grey) });
    }
}
