using System.Globalization;
using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Core;
using Jobs.Page.Ground;
using Jobs.Page.Reading;
using Jobs.Page.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jobs.Page.Serving;

/// <summary>Which address is what.</summary>
internal sealed class Routes
{
    /// <summary>Milliseconds until the browser looks again for what is not there yet.</summary>
    private const int Soon = 300;

    private readonly Frames _frames;
    private readonly Reader _reader;
    private readonly Actor _actor;

    public Routes(PageParts parts)
    {
        var (sources, notices) = (new Sources(parts.Connect, parts.Clock), new Notices());
        _frames = new Frames(sources, notices, parts);
        _reader = new Reader(sources, parts);
        _actor = new Actor(sources, notices, parts);
    }

    public void Map(IEndpointRouteBuilder app)
    {
        Asset(app, "page.css", "text/css; charset=utf-8");
        Asset(app, "page.js", "text/javascript; charset=utf-8");
        View(app, "/", _reader.HomeAsync);
        View(app, "/runs", _reader.RunsAsync);
        View(app, "/runs/{job}/{key}", _reader.RunAsync);
        View(app, "/jobs/{name}", _reader.JobAsync);
        View(app, "/schedules", _reader.SchedulesAsync);
        View(app, "/queues", _reader.QueuesAsync);
        View(app, "/queues/{name}", _reader.QueueAsync);
        View(app, "/alerts", _reader.AlertsAsync);
        View(app, "/laptop", _reader.LaptopAsync);
        app.MapGet("/runs/{job}/{key}/log", Guarded(LogAsync));
        app.MapGet("/runs/{job}/{key}/log.txt", Guarded(_reader.LogTextAsync));
        app.MapPost("/runs/{job}/{key}/retry", Guarded(_actor.RetryAsync));
        app.MapPost("/runs/{job}/{key}/cancel", Guarded(_actor.CancelAsync));
        app.MapPost("/runs/{job}/{key}/interrupt", Guarded(_actor.InterruptAsync));
        app.MapPost("/jobs/{name}/submit", Guarded(SubmitAsync));
        app.MapPost("/jobs/{name}/send", Guarded(_actor.SendAsync));
        app.MapPost("/jobs/{name}/pause", Guarded(_actor.PauseAsync));
        app.MapPost("/jobs/{name}/resume", Guarded(_actor.ResumeAsync));
        app.MapPost("/queues/{name}/redrive", Guarded(_actor.RedriveAsync));
        app.MapPost("/laptop/upload", Guarded(_actor.UploadAsync));
        app.MapFallback(context => WriteFaultAsync(context, 404, "There is no such page."));
    }

    private void View(IEndpointRouteBuilder app, string address, Func<HttpContext, Frame, Task<Shown>> view) =>
        app.MapGet(address, Guarded(async context =>
        {
            var frame = await _frames.OfAsync(context);
            await WriteAsync(context, frame, await view(context, frame));
        }));

    private async Task LogAsync(HttpContext context) =>
        await _reader.LogAsync(context, await _frames.OfAsync(context));

    private async Task SubmitAsync(HttpContext context)
    {
        var frame = await _frames.OfAsync(context);
        if (await _actor.SubmitAsync(context, frame) is { } form) await WriteAsync(context, frame, form);
    }

    private static Task WriteAsync(HttpContext context, Frame frame, Shown shown)
    {
        context.Response.StatusCode = shown.Status;
        context.Response.ContentType = "text/html; charset=utf-8";
        var around = shown.IsPartial ? frame with { Again = Soon, IsPartial = true } : frame;
        return context.Response.WriteAsync(
            around.Around(shown.Menu, shown.Title, shown.Body).ToString(), context.RequestAborted);
    }

    /// <summary>What a person can mend is said on a page, in the command line's words.</summary>
    private static RequestDelegate Guarded(RequestDelegate handle) => async context =>
    {
        try
        {
            await handle(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser has gone.
        }
        catch (Exception e) when (Guard.ForPeople(e, CommandLines.WithoutStack) is { } known)
        {
            await WriteFaultAsync(context, known.ExitCode == ExitCodes.NotReady ? 503 : 400, known.Message);
        }
#pragma warning disable CA1031 // The page goes on, whatever one request meets; the person who asked is told.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await WriteFaultAsync(context, 500, $"A fault of this page itself: {e}");
        }
    };

    private static Task WriteFaultAsync(HttpContext context, int status, string fault)
    {
        var frame = new Frame("jobs", CommandLines.WithoutStack, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
        var body = Html.Of($"""
            <h1>{status.ToString(CultureInfo.InvariantCulture)}</h1>
            <div id="live" data-live data-anew><p class="fault" role="alert">{fault}</p></div><p><a href="/">Overview</a></p>
            """);
        return WriteAsync(context, frame, new Shown("", "Not shown", body) { Status = status });
    }

    private static void Asset(IEndpointRouteBuilder app, string file, string type)
    {
        using var content = typeof(Routes).Assembly.GetManifestResourceStream(file)!;
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        var bytes = memory.ToArray();
        app.MapGet($"/{file}", context =>
        {
            context.Response.ContentType = type;
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        });
    }
}
