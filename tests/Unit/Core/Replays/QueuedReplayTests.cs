using Jobs.Core.Definitions;
using Jobs.Core.Replays;
using Jobs.Core.Triggers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Replays;

public sealed class QueuedReplayTests
{
    [Fact]
    public async Task Objects_of_a_job_with_a_queue_go_there_as_their_rules_would_put_them()
    {
        var shared = new JobDefinition("shared")
        {
            Queue = new QueueTrigger(),
            Uploads = [new UploadTrigger("incoming/", ".csv"), new UploadTrigger("late/")],
        };
        var plane = new TestPlane(TestPlane.Job(), shared);
        foreach (var i in Enumerable.Range(0, 5)) plane.Uploads.Add(Made($"incoming/{i}.csv"));
        plane.Uploads.Add(Made("incoming/other.txt"));

        await plane.ReplayIntake.BeginAsync(
            new Replay("k", """{"prefix":"incoming/"}""", 6, Force: true, plane.Clock.GetUtcNow()), default);
        var done = await plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default);
        // Six a minute, runs and messages together; of one object both go at once.
        Assert.InRange(done, 6, 16);
        plane.Clock.Advance(TimeSpan.FromMinutes(1));
        await plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default);
        plane.Clock.Advance(TimeSpan.FromMinutes(1));
        await plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default);

        var replay = (await plane.Replays.ReadAsync("k", default))!;
        Assert.Equal((true, 6, 5), (replay.IsOver, replay.Started, replay.Sent));
        Assert.All(plane.Store.All, run => Assert.Equal("line-count", run.Id.Job));
        var messages = plane.Queues.Sent.Select(sent => (sent.Job, Message: UploadMessage.Read(sent.Body))).ToList();
        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => Made($"incoming/{i}.csv")),
            messages.Select(sent => sent.Message.ToUpload()).OrderBy(upload => upload.Key, StringComparer.Ordinal));
        Assert.All(
            messages,
            sent => Assert.Equal(
                ("shared", "shared", "incoming/*.csv", "k"),
                (sent.Job, sent.Message.Job, sent.Message.Trigger, sent.Message.Replay)));

        static Upload Made(string key) => new("b", key, 3) { VersionId = "v1", ETag = "e" };
    }
}
