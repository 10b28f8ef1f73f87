using Lapstack.Ground;

namespace Lapstack.Tests.Clocks;

public sealed class SteadyClockTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly MachineClock _machine = new();
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_machine);

    [Theory]
    [InlineData(-24, 0)]
    [InlineData(24, 24)]
    public void Clock_that_is_set_back_is_not_followed_and_time_goes_on(int hours, int followed)
    {
        var before = _clock.GetUtcNow();

        _machine.Set(TimeSpan.FromHours(hours));
        _machine.Advance(Minute);

        Assert.Equal(before + TimeSpan.FromHours(followed) + Minute, _clock.GetUtcNow());
    }

    [Fact]
    public void Clock_that_was_set_back_is_followed_again_when_it_has_caught_up()
    {
        var before = _clock.GetUtcNow();
        _machine.Set(TimeSpan.FromDays(-1));
        _machine.Advance(Minute);
        _clock.GetUtcNow();

        _machine.Set(TimeSpan.FromDays(2));

        Assert.Equal(before + TimeSpan.FromDays(1) + Minute, _clock.GetUtcNow());
    }

    [Fact]
    public void Clock_that_is_put_right_by_a_moment_is_waited_for()
    {
        var before = _clock.GetUtcNow();

        _machine.Set(TimeSpan.FromMilliseconds(-500));
        var meanwhile = _clock.GetUtcNow();
        _machine.Advance(Minute);

        Assert.Equal(before, meanwhile);
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
    }

    [Theory]
    [InlineData(0, 600)]
    [InlineData(-24, 600)]
    [InlineData(8, 15)]
    [InlineData(24, 15)]
    public void Timer_of_ten_minutes_fires_when_they_have_passed_or_at_once_after_a_sleep(int hours, int seconds)
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(
            _ => fired++, null, TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);

        _machine.Set(TimeSpan.FromHours(hours));
        _machine.Advance(TimeSpan.FromSeconds(seconds - 1));
        var early = fired;
        _machine.Advance(TimeSpan.FromDays(1));

        Assert.Equal((0, 1), (early, fired));
    }

    [Fact]
    public void Timer_with_a_period_comes_again_until_it_is_changed_or_disposed()
    {
        var fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, null, Minute, Minute);

        _machine.Advance(3 * Minute);
        Assert.Equal(3, fired);
        timer.Change(Timeout.InfiniteTimeSpan, Minute);
        _machine.Advance(3 * Minute);
        Assert.Equal(3, fired);
        timer.Change(TimeSpan.Zero, Minute);
        _machine.Advance(TimeSpan.Zero);
        timer.Dispose();
        _machine.Advance(3 * Minute);
        Assert.Equal(4, fired);
    }
}
