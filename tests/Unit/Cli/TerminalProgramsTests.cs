using Jobs.Cli.Solutions;

namespace Jobs.Tests.Unit.Cli;

public sealed class TerminalProgramsTests
{
    [Fact]
    public async Task Program_reads_what_it_is_given_and_its_exit_code_is_the_answer()
    {
        var programs = new TerminalPrograms();

        Assert.Equal(0, await programs.RunAsync("grep", ["--quiet", "^password$"], ".", default, "password"));
        Assert.Equal(1, await programs.RunAsync("grep", ["--quiet", "^password$"], ".", default, "another"));
    }
}
