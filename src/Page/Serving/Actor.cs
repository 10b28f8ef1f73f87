using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Pauses;
using Jobs.Page.Ground;
using Jobs.Page.Reading;
using Jobs.Page.Views;
using Microsoft.AspNetCore.Http;

namespace Jobs.Page.Serving;

/// <summary>
/// What changes something. Each act is the command line's own; here is only what came of it, and where to look next.
/// </summary>
internal sealed class Actor(Sources sources, Notices notices, PageParts parts)
{
    /// <summary>Bytes of a form with a file: the laptop takes what fits on its disk.</summary>
    public const long MaxFile = 2L << 30;

    public async Task RetryAsync(HttpContext context)
    {
        var (stack, form) = await BeginAsync(context);
        var reading = await Reader.ReadAsync(context, stack);
        var made = await RunMoves.RetryAsync(stack, reading, KeyOf(form), context.RequestAborted);
        End(context, Addresses.Of(made), Html.Of($"""
            This run repeats {Parts.Link(reading.Run.Id)}. It appears within seconds, and this page follows it.
            """));
    }

    public async Task CancelAsync(HttpContext context)
    {
        var (stack, form) = await BeginAsync(context);
        var reading = await Reader.ReadAsync(context, stack);
        await RunMoves.CancelAsync(stack, reading, KeyOf(form), context.RequestAborted);
        End(context, Addresses.Of(reading.Run.Id), Html.Of($"""
            The end of this run was asked for. Its task has its stop timeout; this page shows when it has ended.
            """));
    }

    /// <summary>Returns the form again when what was typed does not fit.</summary>
    public async Task<Shown?> SubmitAsync(HttpContext context, Frame frame)
    {
        var (stack, form) = await BeginAsync(context);
        var (input, key) = (form["input"].ToString(), KeyOf(form));
        var job = await Reader.JobOfAsync(context, stack);
        try
        {
            var submission = new Submission(
                await SubmitCommand.DefinitionAsync(stack, job.Name, context.RequestAborted), key, PriorityOf(form))
            {
                InputName = "The input",
                Labels = LabelText.Parse(
                    form["labels"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            };
            await submission.SendAsync(stack, input, atOnce: null, context.RequestAborted);
            End(context, Addresses.Of(submission.Run), Html.Of($"""
                The run was asked for. It appears within seconds, and this page follows it.
                """));
            return null;
        }
        catch (CliException e)
        {
            var view = new JobView(frame, job, key) { Input = input, Fault = e.Message };
            return await Reader.JobAsync(context, stack, view, job) with { Status = 400 };
        }
    }

    public async Task PauseAsync(HttpContext context)
    {
        var (stack, form) = await BeginAsync(context);
        var target = await TargetOfAsync(context, stack, form);
        var reason = PauseCommand.Check(form["reason"].ToString().Trim());
        var body = CommandBodies.Pause(parts.NewId(), target.Job, target.Schedule, UntilOf(form), reason);
        await stack.Commands.SendAsync(body, context.RequestAborted);
        End(context, Addresses.OfJob(target.Job), Html.Of($"""
            {target.ToString()} is being paused: within a minute it starts nothing, and this page shows it.
            """));
    }

    public async Task ResumeAsync(HttpContext context)
    {
        var (stack, form) = await BeginAsync(context);
        var target = await TargetOfAsync(context, stack, form);
        var body = CommandBodies.Resume(parts.NewId(), target.Job, target.Schedule);
        await stack.Commands.SendAsync(body, context.RequestAborted);
        End(context, Addresses.OfJob(target.Job), Html.Of($"""
            {target.ToString()} is being resumed: what waits starts within a minute.
            """));
    }

    public async Task RedriveAsync(HttpContext context)
    {
        var (stack, form) = await BeginAsync(context);
        var queue = Reader.NameOf(context);
        var move = new DeadLetterMove(stack, queue, perMinute: null, parts.Clock, _ => { });
        var moved = await move.RunAsync(context.RequestAborted);
        End(context, Addresses.OfQueue(queue), Html.Of($"""
            {Words.Count(moved, "message")} went back to {queue}. What fails again comes back here.
            """), KeyOf(form));
    }

    /// <summary>Takes the capacity from under a task on Spot, on this machine.</summary>
    public async Task InterruptAsync(HttpContext context)
    {
        var (stack, form) = await BeginAsync(context);
        var reading = await Reader.ReadAsync(context, stack);
        var task = reading.Run.TaskArn ?? reading.CurrentWorker?.TaskArn
            ?? throw CliException.Failed($"Run {reading.Run.Id} has no task that could be interrupted.");
        await ProbeOf(stack).InterruptAsync(task, context.RequestAborted);
        End(context, Addresses.Of(reading.Run.Id), Html.Of($"""
            Its task was interrupted as Spot does it. It costs no attempt: the run goes on in another task.
            """), KeyOf(form));
    }

    public async Task SendAsync(HttpContext context)
    {
        var (stack, form) = await BeginAsync(context);
        var job = await Reader.JobOfAsync(context, stack);
        if (job.Queue is null) throw CliException.Failed($"Job '{job.Name}' has no queue.");
        await ProbeOf(stack).SendAsync(job.Name, form["input"].ToString(), context.RequestAborted);
        var queue = Names.Queue(job.Name);
        End(context, Addresses.OfJob(job.Name), Html.Of($"""
            The message is in the queue <a href="{Addresses.OfQueue(queue)}">{queue}</a>. A run takes it within a minute.
            """), KeyOf(form));
    }

    public async Task UploadAsync(HttpContext context)
    {
        var (stack, form) = await BeginAsync(context);
        _ = ProbeOf(stack);
        var catalog = await stack.CatalogAsync(context.RequestAborted);
        var trigger = catalog.Jobs.SelectMany(job => job.Uploads)
            .FirstOrDefault(upload => upload.Name == form["trigger"].ToString());
        if (trigger is null || form.Files["file"] is not { } file || file.FileName.Length == 0)
        {
            throw CliException.Failed("Choose a place and a file.");
        }

        var key = trigger.Prefix + Path.GetFileName(file.FileName.Replace('\\', '/'));
        var bucket = trigger.BucketInS3 ?? stack.Place.Output(OutputNames.Bucket);
        await using (var content = file.OpenReadStream())
        {
            await stack.Objects.WriteAsync(bucket, key, content, file.ContentType, context.RequestAborted);
        }

        var starts = catalog.Jobs.Where(job => job.Uploads.Any(one => one.IsIn(trigger.Bucket) && one.Matches(key)))
            .Select(job => job.Name)
            .ToList();
        End(context, Addresses.RunsOfKey(key), Html.Of($"""
            {key} is in {bucket}. {(starts.Count > 0
                ? $"It starts {string.Join(", ", starts)}: the run appears here within seconds."
                : $"It starts nothing: its name does not end with {trigger.Suffix}.")}
            """), KeyOf(form));
    }

    private IProbe ProbeOf(IStack stack) => Frames.IsLaptop(stack.Place)
        ? parts.Probe(stack.Place)
        : throw CliException.Failed("Only a stack on this machine takes this from a page.");

    private async Task<(IStack Stack, IFormCollection Form)> BeginAsync(HttpContext context) =>
        (await sources.StackAsync(context.RequestAborted), await context.Request.ReadFormAsync(context.RequestAborted));

    private void End(HttpContext context, string view, Html notice, string? key = null)
    {
        sources.Expire();
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = notices.Address(view, key ?? parts.NewId(), notice);
    }

    private string KeyOf(IFormCollection form) => form["id"].ToString() is { Length: > 0 } key
        ? SubmissionId.Check(key)
        : parts.NewId();

    private static Task<PauseTarget> TargetOfAsync(HttpContext context, IStack stack, IFormCollection form) =>
        PauseTarget.ReadAsync(
            stack,
            Reader.NameOf(context),
            form["schedule"].ToString() is { Length: > 0 } schedule ? schedule : null,
            context.RequestAborted);

    private DateTimeOffset? UntilOf(IFormCollection form) => form["until"].ToString() switch
    {
        "" => null,
        var text when TimeText.SpanOf(text) is { } span && span >= Pause.Shortest && span <= Pause.Longest =>
            parts.Clock.GetUtcNow() + span,
        var text => throw CliException.Usage($"'{text}' is no time of 1 minute to {Pause.Longest.Days} days."),
    };

    private static int PriorityOf(IFormCollection form) =>
        int.TryParse(form["priority"], out var priority) && priority is >= 0 and <= SubmitCommand.MaxPriority
            ? priority
            : throw CliException.Usage($"The priority is not from 0 to {SubmitCommand.MaxPriority}.");
}
