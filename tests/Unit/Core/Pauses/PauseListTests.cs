using Jobs.Core.Ids;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Core.Pauses;

public sealed class PauseListTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Command_that_comes_again_begins_and_ends_nothing()
    {
        var list = PauseList.None.Begin(Sample("a"));
        Assert.Same(list, list.Begin(Sample("a") with { Reason = "Another." }));

        var ended = list.End(new("csv-import", null, "r", "user/bob"), Noon.AddHours(1));
        Assert.Null(ended.Of("csv-import", Noon.AddHours(1)));
        Assert.Same(ended, ended.Begin(Sample("a")));
        var again = ended.Begin(Sample("b") with { From = Noon.AddHours(2) });
        Assert.Same(again, again.End(new("csv-import", null, "r", "user/bob"), Noon.AddHours(3)));
        Assert.NotNull(again.Of("csv-import", Noon.AddHours(3)));
    }

    [Fact]
    public void Commands_that_come_in_another_order_than_they_were_sent_mean_the_same()
    {
        var resumed = new PauseEnd("csv-import", null, "r", "user/bob") { AskedAt = Noon.AddMinutes(1) };

        var list = PauseList.None.End(resumed, Noon.AddMinutes(2));
        Assert.Same(list, list.End(resumed, Noon.AddMinutes(3)));
        Assert.Same(list, list.Begin(Sample("a") with { From = Noon.AddMinutes(3), AskedAt = Noon }));
        Assert.Null(list.WaitedBy("csv-import", Noon, Noon.AddHours(1)));

        var later = Sample("b") with { From = Noon.AddMinutes(4), AskedAt = Noon.AddMinutes(3) };
        var paused = list.Begin(later);
        Assert.Equal("b", paused.Of("csv-import", Noon.AddMinutes(5))?.Id);
        Assert.Same(paused, paused.End(resumed with { Id = "old" }, Noon.AddMinutes(5)));
        Assert.Same(paused, paused.Begin(Sample("c") with { From = Noon.AddMinutes(6), AskedAt = Noon.AddMinutes(2) }));
    }

    [Fact]
    public void Pause_of_what_is_paused_changes_it_and_goes_on()
    {
        var list = PauseList.None.Begin(Sample("a"))
            .Begin(Sample("b") with { From = Noon.AddHours(1), Reason = "Longer.", Until = Noon.AddHours(9) });

        var pause = Assert.Single(list.All);
        Assert.Equal(("b", Noon, "Longer."), (pause.Id, pause.From, pause.Reason));
    }

    [Fact]
    public void Pause_ends_by_itself_to_the_moment()
    {
        var list = PauseList.None.Begin(Sample("a") with { Until = Noon.AddHours(1) });

        Assert.NotNull(list.Of("csv-import", Noon.AddHours(1).AddTicks(-1)));
        Assert.Null(list.Of("csv-import", Noon.AddHours(1)));
        Assert.Same(list, list.Expire(Noon.AddMinutes(59)));
        var ended = Assert.Single(list.Expire(Noon.AddHours(3)).All);
        Assert.Equal((Noon.AddHours(1), (string?)null), (ended.EndedAt, ended.EndedBy));
    }

    [Fact]
    public void Job_and_schedule_are_paused_apart()
    {
        var key = new ScheduleKey("csv-import", "nightly");
        var list = PauseList.None.Begin(Sample("a") with { Schedule = "nightly" });

        Assert.Null(list.Of("csv-import", Noon));
        Assert.NotNull(list.Of(key, Noon));
        Assert.True(list.Knows(key));
        Assert.Null(list.Of(new ScheduleKey("csv-import", "hourly"), Noon));
        Assert.False(list.Knows(new ScheduleKey("csv-import", "hourly")));
        Assert.Null(list.WaitedBy("csv-import", Noon, Noon.AddDays(1)));
    }

    [Fact]
    public void Ended_pauses_are_kept_few_and_not_for_ever()
    {
        var list = PauseList.None;
        for (var i = 0; i < 8; i++)
        {
            list = list.Begin(Sample($"{i}") with { From = Noon.AddHours(i) })
                .End(new("csv-import", null, $"r{i}", null), Noon.AddHours(i).AddMinutes(1));
        }

        Assert.Equal(["3", "4", "5", "6", "7"], list.Expire(Noon.AddDays(1)).All.Select(pause => pause.Id));
        Assert.Empty(list.Expire(Noon.AddDays(50)).All);
    }

    [Fact]
    public void Run_has_waited_for_the_part_of_each_pause_since_it_was_asked_for()
    {
        var list = PauseList.None.Begin(Sample("a")).End(new("csv-import", null, "r", null), Noon.AddHours(1))
            .Begin(Sample("b") with { From = Noon.AddHours(2), By = "user/bob", Until = Noon.AddHours(3) });

        Assert.Null(list.WaitedBy("csv-import", Noon.AddHours(1), Noon.AddHours(2)));
        Assert.Equal(
            new PausedTime(Noon.AddHours(2), Noon.AddHours(3), TimeSpan.FromMinutes(90)) { By = "user/bob" },
            list.WaitedBy("csv-import", Noon.AddMinutes(30), Noon.AddHours(5)));
    }

    private static Pause Sample(string id) =>
        new("csv-import", null) { Id = id, From = Noon, Reason = "The source is migrated." };
}
