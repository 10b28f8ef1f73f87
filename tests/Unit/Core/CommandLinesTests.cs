using Jobs.Core;
using Jobs.Core.Ids;

namespace Jobs.Tests.Unit.Core;

public sealed class CommandLinesTests
{
    private static readonly CommandLines Lines = new("shop");

    [Fact]
    public void Line_names_the_stack_where_one_is_known()
    {
        Assert.Equal("dotnet jobs retry csv-import/4m1zvhqh --stack shop", Lines.Retry("csv-import/4m1zvhqh"));
        Assert.Equal("dotnet jobs doctor", CommandLines.WithoutStack.Doctor());
        Assert.Equal("dotnet jobs replay --help", CommandLines.Help("replay"));
    }

    [Fact]
    public void Times_are_utc_and_have_seconds_only_where_they_say_something()
    {
        var from = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(1));

        Assert.Equal(
            "dotnet jobs replay --schedule report/hourly --from 2026-01-05T08:00Z --to 2026-01-05T08:00:30Z --stack " +
            "shop",
            Lines.ReplaySchedule(new ScheduleKey("report", "hourly"), from, from.AddSeconds(30)));
    }

    [Theory]
    [InlineData("incoming/2026/")]
    [InlineData("red flower (1) + blue")]
    [InlineData("\"quoted\" $(rm -rf ~) `x` ; & | *")]
    [InlineData("it's 'so' '")]
    [InlineData("")]
    public async Task Arguments_survive_a_shell_as_they_are(string prefix)
    {
        var line = new CommandLines("my stack").ReplayPrefix(prefix);
        Assert.StartsWith(CommandLines.Tool, line, StringComparison.Ordinal);

        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", $"printf '%s\\n'{line[CommandLines.Tool.Length..]}" },
            RedirectStandardOutput = true,
        })!;
        var printed = (await shell.StandardOutput.ReadToEndAsync()).Split('\n');
        await shell.WaitForExitAsync();

        Assert.Equal(["replay", "--prefix", prefix, "--stack", "my stack", ""], printed);
    }
}
