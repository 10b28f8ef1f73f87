using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Jobs.Core.Definitions;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Functions;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

public sealed class OnTickTests
{
    [Fact]
    public async Task Tick_sweeps_what_is_due()
    {
        var job = TestPlane.Job();
        var plane = new TestPlane(job);
        var context = new TestContext();
        var (catalog, published) = (new JobCatalog([job]), new InMemoryCatalogStore());
        await plane.SubmitAsync(job);
        await plane.SucceedAsync(plane.Run(job));
        plane.Clock.Advance(RunTimings.Check);

        await new OnTickFunction(
            plane.Sweep,
            plane.Watch,
            plane.AlertManager,
            plane.Replayer,
            plane.Dispatcher,
            new CatalogPublisher(catalog, published),
            plane.PauseKeeper,
            plane.Clock)
            .OnTick(new ScheduledEvent(), context);
        await new OnTickFunction(
            plane.Sweep,
            plane.Watch,
            plane.AlertManager,
            plane.Replayer,
            plane.Dispatcher,
            new CatalogPublisher(catalog, published),
            plane.PauseKeeper,
            plane.Clock)
            .OnTick(new ScheduledEvent(), context);

        Assert.Equal(RunState.Succeeded, plane.Run(job).State);
        Assert.Equal("Looked at 1 runs, launched 0.\nLooked at 0 runs, launched 0.", context.Lines);
        Assert.Equal(catalog.ToJson(), published.Json);
    }

    [Fact]
    public async Task Tick_works_on_replays()
    {
        var job = TestPlane.Job();
        var plane = new TestPlane(job);
        var context = new TestContext();
        plane.Uploads.Add(TestPlane.Upload);
        await plane.ReplayIntake.BeginAsync(
            new Replay("k", """{"prefix":"incoming/"}""", 60, Force: false, plane.Clock.GetUtcNow()), default);

        await new OnTickFunction(
            plane.Sweep,
            plane.Watch,
            plane.AlertManager,
            plane.Replayer,
            plane.Dispatcher,
            new CatalogPublisher(new JobCatalog([job]), new InMemoryCatalogStore()),
            plane.PauseKeeper,
            plane.Clock)
            .OnTick(new ScheduledEvent(), context);

        Assert.Equal("Looked at 0 runs, launched 0, replayed 1.", context.Lines);
        Assert.Single(plane.Store.All);
    }
}
