using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Schedules;
using Jobs.Core.Scheduling;

namespace Jobs.Tests.Unit.Core.Schedules;

public sealed class ScheduleStateTests
{
    private static readonly DateTimeOffset Eight = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Nine = Eight.AddHours(1);
    private static readonly DateTimeOffset Ten = Eight.AddHours(2);

    private static readonly ScheduleState Fresh = new(new ScheduleKey("report", "hourly"));

    [Fact]
    public void Holder_next_and_skipped_times_are_known_and_no_others()
    {
        Assert.True((Fresh with { Holder = Eight }).Knows(Eight));
        Assert.True((Fresh with { Holder = Eight, Next = Nine }).Knows(Nine));
        Assert.True((Fresh with { Holder = Eight, Next = Ten, Skips = [Nine] }).Knows(Nine));
        Assert.False((Fresh with { Holder = Eight, Next = Ten }).Knows(Nine));
    }

    [Fact]
    public void Latest_time_that_has_come_stays_whatever_comes_after_it()
    {
        var come = Fresh.Come(Nine, OverlapPolicy.Allow);

        Assert.Equal(Nine, come.LastPlannedAt);
        Assert.Equal(Nine, come.Come(Eight, OverlapPolicy.Allow).LastPlannedAt);
        Assert.Equal(Ten, come.Come(Ten, OverlapPolicy.Allow).LastPlannedAt);
    }

    [Fact]
    public void Run_that_took_the_place_of_another_is_replaced_by_none_yet()
    {
        var state = Fresh.Come(Eight, OverlapPolicy.Replace).Come(Nine, OverlapPolicy.Replace);
        Assert.True(state.Replaces);

        var released = state.Release();

        Assert.Equal((Nine, null, false), (released.Holder, released.Next, released.Replaces));
    }
}
