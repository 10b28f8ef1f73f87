using Jobs.Local.Commands;
using Lapstack.Chaos;

namespace Jobs.Tests.EndToEnd;

public sealed class ChaosParserTests
{
    [Fact]
    public void Every_switch_sets_its_own_share()
    {
        var text = string.Join(',', ChaosSwitch.All.Select((one, i) => $"{one.Name}=0.{i + 1}"));

        var expected = new ChaosOptions
        {
            Spot = 0.1,
            Kill = 0.2,
            Throttle = 0.3,
            Capacity = 0.4,
            LostAnswer = 0.5,
            Duplicate = 0.6,
            Delay = 0.7,
            DropStopped = 0.8,
            Crash = 0.9,
        };
        Assert.Equal(expected, ChaosParser.Parse(text));
    }

    [Theory]
    [InlineData("spot=0,kill=1", 0, 1)]
    [InlineData(" spot = 0.25 , kill = .5 ,", 0.25, 0.5)]
    public void Spaces_and_the_ends_of_the_range_are_fine(string text, double spot, double kill) =>
        Assert.Equal(new ChaosOptions { Spot = spot, Kill = kill }, ChaosParser.Parse(text));

    [Theory]
    [InlineData("sport=0.1", "Chaos has no switch 'sport'; did you mean 'spot'? There are: spot, kill, throttle,")]
    [InlineData("drop-stoped=0.1", "did you mean 'drop-stopped'?")]
    [InlineData("earthquake=0.1", "Chaos has no switch 'earthquake'. There are: spot,")]
    [InlineData("spot", "Chaos 'spot' has no share, but a share is a number from 0, never, to 1, always. Write spot=0.1 for one in ten.")]
    [InlineData("spot=2", "Chaos 'spot' has the share '2'")]
    [InlineData("spot=-0.1", "Chaos 'spot' has the share '-0.1'")]
    [InlineData("spot=10%", "Chaos 'spot' has the share '10%'")]
    [InlineData("spot=0.1,spot=0.2", "Chaos has 'spot' twice.")]
    [InlineData("", "Chaos '' has no switch. Write one or more, such as spot=0.2,throttle=0.1. There are: spot,")]
    public void Mistake_is_said_with_its_place_and_the_remedy(string text, string message) =>
        Assert.Contains(
            message, Assert.Throws<FormatException>(() => ChaosParser.Parse(text)).Message, StringComparison.Ordinal);
}
