using System.Text;
using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Page.Ground;
using Jobs.Page.Reading;
using Jobs.Page.Views;
using Microsoft.AspNetCore.Http;

namespace Jobs.Page.Serving;

/// <summary>What is only looked at. Reading is the command line's, so that both say the same.</summary>
internal sealed class Reader(Sources sources, PageParts parts)
{
    private const int NewestRuns = 10;
    private const int MaxLetters = 50;

    /// <summary>Never waits long: what is not known yet comes with the browser's next look.</summary>
    public async Task<Shown> HomeAsync(HttpContext context, Frame frame)
    {
        var stop = context.RequestAborted;
        var (catalogRead, recentRead) = (CatalogAsync(stop), sources.Recent.TryGetAsync(stop));
        var (catalog, recent) = (await catalogRead, await recentRead);
        return new Shown("/", "Overview", HomeView.Render(frame, catalog, recent))
        {
            IsPartial = catalog is null || recent is null || frame.Status is null,
        };
    }

    /// <summary>Never waits long for a search: what it finds comes with the browser's next look.</summary>
    public async Task<Shown> RunsAsync(HttpContext context, Frame frame)
    {
        var (query, stop) = (RunQuery.Of(context.Request.Query), context.RequestAborted);
        var stack = await sources.StackAsync(stop);
        var jobs = await stack.History.JobsAsync(stop);
        try
        {
            var listing = await sources.Listings.Of(query).TryGetAsync(stop);
            return new Shown("/runs", "Runs", RunsView.Render(frame, query, jobs, listing, fault: null))
            {
                IsPartial = listing is null,
            };
        }
        catch (CliException e)
        {
            return new Shown("/runs", "Runs", RunsView.Render(frame, query, jobs, null, e.Message)) { Status = 400 };
        }
    }

    public async Task<Shown> RunAsync(HttpContext context, Frame frame)
    {
        var stop = context.RequestAborted;
        var (stack, id) = (await sources.StackAsync(stop), IdOf(context));
        var title = $"{id.Job}/{id.Key[..8]}";
        if (await stack.Runs.ReadAsync(id, stop) is not { } reading)
        {
            return new Shown("/runs", title, RunView.Awaited(id)) { Status = 404, IsPartial = true };
        }

        return new Shown(
            "/runs", title, RunView.Render(frame, await RunDetail.ReadAsync(stack, reading, frame.Now, stop)));
    }

    public async Task<Shown> JobAsync(HttpContext context, Frame frame)
    {
        var stack = await sources.StackAsync(context.RequestAborted);
        var job = await JobOfAsync(context, stack);
        return await JobAsync(context, stack, new JobView(frame, job, parts.NewId()), job);
    }

    /// <summary>A job with what was typed and did not fit.</summary>
    public static async Task<Shown> JobAsync(HttpContext context, IStack stack, JobView view, JobDefinition job)
    {
        var filter = new RunFilter { Jobs = [job.Name], Limit = NewestRuns };
        return new Shown("/", job.Name, view.Render(await RunListing.ReadAsync(stack, filter, context.RequestAborted)));
    }

    public async Task<Shown> SchedulesAsync(HttpContext context, Frame frame) => new(
        "/schedules",
        "Schedules",
        SchedulesView.Render(frame, (await sources.Status.GetAsync(context.RequestAborted)).Schedules));

    public async Task<Shown> QueuesAsync(HttpContext context, Frame frame)
    {
        var status = await sources.Status.GetAsync(context.RequestAborted);
        var catalog = await sources.Catalog.GetAsync(context.RequestAborted);
        return new Shown("/queues", "Queues", QueuesView.Render(frame, status, catalog));
    }

    public async Task<Shown> QueueAsync(HttpContext context, Frame frame)
    {
        var stop = context.RequestAborted;
        var stack = await sources.StackAsync(stop);
        var queue = (await QueueState.AllAsync(stack.Queues, stop)).FirstOrDefault(one => one.Name == NameOf(context))
            ?? throw CliException.Failed($"There is no queue '{NameOf(context)}'.");
        var letters = stack.Queues.DeadLetters.Contains(queue.Name) && queue.DeadLetters > 0
            ? await stack.Queues.PeekAsync(queue.Name, MaxLetters, stop)
            : null;
        var canRedrive = stack.Queues.Working.Contains(queue.Name);
        return new Shown("/queues", queue.Name, QueuesView.One(frame, queue, letters, canRedrive, parts.NewId()));
    }

    public async Task<Shown> AlertsAsync(HttpContext context, Frame frame) => new(
        "/alerts", "Alerts", AlertsView.Render(frame, await sources.Status.GetAsync(context.RequestAborted)));

    public async Task<Shown> LaptopAsync(HttpContext context, Frame frame) => new(
        "/laptop",
        "Laptop",
        LaptopView.Render(
            frame, await sources.Catalog.GetAsync(context.RequestAborted), parts.Denials?.Invoke()));

    /// <summary>The lines behind those that the browser has, and in a header where the next ones are.</summary>
    public async Task LogAsync(HttpContext context, Frame frame)
    {
        var (reading, log) = await LogOfAsync(context);
        LogPlace.Apply(context.Request.Query["from"].ToString(), log);
        var body = new StringBuilder();
        await foreach (var (launch, task, lines) in log.ReadAsync(reading, context.RequestAborted))
        {
            body.Append(LogView.Task(frame, launch, task, lines));
        }

        context.Response.Headers["X-Next"] = LogPlace.Of(log);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(body.ToString(), context.RequestAborted);
    }

    public async Task LogTextAsync(HttpContext context)
    {
        var (reading, log) = await LogOfAsync(context);
        context.Response.ContentType = "text/plain; charset=utf-8";
        await foreach (var (launch, task, lines) in log.ReadAsync(reading, context.RequestAborted))
        {
            await context.Response.WriteAsync(Words.Invariant($"── launch {launch}, task {task} ──\n"));
            foreach (var line in lines)
            {
                var (clock, text) = (Words.Clock(line.At, parts.Zone), HostLine.Read(line.Text).Text);
                await context.Response.WriteAsync($"{clock} {text}\n", context.RequestAborted);
            }
        }
    }

    /// <summary>The run that an address names.</summary>
    /// <exception cref="CliException">It names none.</exception>
    public static RunId IdOf(HttpContext context) =>
        RunId.TryParse($"{context.Request.RouteValues["job"]}/{context.Request.RouteValues["key"]}", out var id)
            ? id
            : throw CliException.Failed("This is not the address of a run.");

    /// <exception cref="CliException">There is none.</exception>
    public static async Task<RunReading> ReadAsync(HttpContext context, IStack stack) =>
        await stack.Runs.ReadAsync(IdOf(context), context.RequestAborted)
        ?? throw CliException.Failed($"There is no run {IdOf(context)}.");

    /// <exception cref="CliException">There is none.</exception>
    public static async Task<JobDefinition> JobOfAsync(HttpContext context, IStack stack)
    {
        var catalog = await stack.CatalogAsync(context.RequestAborted);
        var name = JobNames.Check(NameOf(context), [.. catalog.Jobs.Select(job => job.Name)], stack.Place.Lines);
        return catalog.Find(name)!;
    }

    public static string NameOf(HttpContext context) => $"{context.Request.RouteValues["name"]}";

    /// <summary>Null while it is not known: within a minute of the stack's start.</summary>
    private async Task<JobCatalog?> CatalogAsync(CancellationToken cancellation)
    {
        try
        {
            return await sources.Catalog.TryGetAsync(cancellation);
        }
        catch (CliException)
        {
            return null;
        }
    }

    private async Task<(RunReading Reading, LogReader Log)> LogOfAsync(HttpContext context)
    {
        var stack = await sources.StackAsync(context.RequestAborted);
        var reading = await ReadAsync(context, stack);
        return (reading, new LogReader(stack, reading.Run.Id));
    }
}
