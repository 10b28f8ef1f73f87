namespace Jobs.Tests.Unit.Cli;

/// <summary>The commands that the laptop's program carries out.</summary>
[Collection(nameof(CommandLine))]
public sealed class LaptopCommandTests
{
    [Theory]
    [InlineData("up")]
    [InlineData("up --help")]
    [InlineData("up --chaos spot=0.2 --port 0 @file")]
    [InlineData("demo --stack Dev/jobs")]
    public async Task Line_goes_to_the_laptop_as_it_is_and_its_exit_code_comes_back(string line)
    {
        var jobs = new CommandLine { LaptopCode = 42 };

        Assert.Equal(42, await jobs.RunAsync(line));
        Assert.Equal([line], jobs.Laptop);
    }

    [Fact]
    public async Task Help_names_them()
    {
        var jobs = new CommandLine();

        Assert.Equal(0, await jobs.RunAsync("--help"));
        Assert.Contains("Runs the stack of the nearest CDK app on this machine", jobs.Out, StringComparison.Ordinal);
        Assert.Contains("Shows the sample jobs at work", jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nearly_the_name_is_suggested()
    {
        var jobs = new CommandLine();

        Assert.Equal(2, await jobs.RunAsync("demoo"));
        Assert.Contains("did you mean 'demo'?", jobs.Error, StringComparison.Ordinal);
    }
}
