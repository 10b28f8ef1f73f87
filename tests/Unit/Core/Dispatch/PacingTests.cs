using Jobs.Core.Dispatch;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Dispatch;

public sealed class PacingTests
{
    private static readonly DispatchSettings Settings = new() { LaunchBurst = 10, LaunchesPerSecond = 4 };

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 3.96)]
    [InlineData(2, 1, 5.96)]
    [InlineData(2, 60, 10)]
    [InlineData(2, -60, 2)]
    public void Bucket_fills_just_below_the_rate_up_to_the_burst(double tokens, int seconds, double expected) =>
        Assert.Equal(
            expected, new Pacing(tokens, Sample.Now).Refilled(Settings, Sample.Now.AddSeconds(seconds)).Tokens, 9);

    [Theory]
    [InlineData(1)]
    [InlineData(7.5)]
    public void Whole_token_is_there_at_once(double tokens) =>
        Assert.Equal(TimeSpan.Zero, new Pacing(tokens, Sample.Now).UntilNext(Settings));

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Wait_for_the_next_token_is_long_enough_and_no_longer_than_needed(double tokens)
    {
        var pacing = new Pacing(tokens, Sample.Now);
        var wait = pacing.UntilNext(Settings);

        Assert.InRange(pacing.Refilled(Settings, Sample.Now + wait).Tokens, 1, 1.01);
    }
}
